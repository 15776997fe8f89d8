import { interpolatedText } from '../kit.ts';
import { alexaOptions, skillId } from './alexa-skill.ts';

const PAGE = 'https://developer.amazon.com/en-US/docs/alexa/smarthome/steps-to-build-a-smart-home-skill.html';

export const alexaSmartHome = {
  value: interpolatedText(
    'An Alexa smart home skill, by its ID: without it any skill in the world could invoke the function. Alexa only invokes functions in us-east-1, eu-west-1 and us-west-2.',
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
    caller: 'Alexa invokes the function with each directive for a device: discover, turn on, report a state.',
    permission: 'function',
    invocation: 'sync',
    concurrency: 'One invocation per directive.',
    ordering: 'None.',
    retries: 'None: the skill must respond within eight seconds.',
    failure: 'Alexa tells the user that the device does not respond.',
    page: PAGE,
  },
} as const;
