import { interpolatedText } from '../kit.ts';
import { alexaOptions, skillId } from './alexa-skill.ts';

const PAGE = 'https://developer.amazon.com/en-US/docs/alexa/smarthome/steps-to-build-a-smart-home-skill.html';

export const alexaSmartHome = {
  value: interpolatedText(
    'An Alexa smart home skill, by its id: without it any skill in the world could call the function. Alexa calls functions in us-east-1, eu-west-1 and us-west-2.',
    {
      ...skillId,
      aws: 'AWS::Lambda::Permission EventSourceToken',
      page: PAGE,
      also: ['alexa_smart_home', 'smartHome', 'alexaConnectedHome'],
    },
  ),
  options: alexaOptions,
  polling: {
    delivery: 'push',
    caller: 'Alexa calls the function with each directive for a device: discover, turn on, report a state.',
    permission: 'function',
    invocation: 'sync',
    concurrency: 'One call for each directive.',
    ordering: 'None.',
    retries: 'None: the skill has eight seconds to answer.',
    failure: 'Alexa says that the device does not respond.',
    page: PAGE,
  },
} as const;
