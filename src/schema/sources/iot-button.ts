import { text } from '../kit.ts';
import { rule, ruled, ruledPolling } from './iot.ts';

export const iotButton = {
  value: text(
    'A button, by its serial number: a rule on `iotbutton/SERIAL`. The buttons’ service ended in December 2024; anything that publishes to that topic invokes the function.',
    {
      pattern: '^[A-Za-z0-9]{8,32}$',
      means: 'the serial number of a button, such as G030PM0123456789',
      examples: ['G030PM0123456789'],
      aws: rule('Sql'),
      page: 'https://docs.aws.amazon.com/iot/latest/developerguide/iot-sql-reference.html',
      also: ['button', 'dsn', 'DSN', 'serialNumber'],
    },
  ),
  options: ruled,
  polling: { ...ruledPolling, caller: 'AWS IoT invokes the function with each message to `iotbutton/SERIAL`: one for each press.' },
} as const;
