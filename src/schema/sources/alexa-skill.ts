import { flag, interpolatedText, or } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://developer.amazon.com/en-US/docs/alexa/custom-skills/host-a-custom-skill-as-an-aws-lambda-function.html';

/** What the id of a skill looks like, in the developer console of Alexa. */
export const skillId = {
  pattern: '^(amzn1\\.(ask\\.skill|echo-sdk-ams\\.app)\\.[A-Za-z0-9-]+|.*\\$\\(.+)$',
  means: 'the ID of a skill, such as amzn1.ask.skill.0a1b2c3d-0000-4000-8000-000000000000',
  examples: ['amzn1.ask.skill.0a1b2c3d-0000-4000-8000-000000000000'],
} as const;

export const alexaOptions = {
  enabled: or(flag('Whether the skill may invoke the function.', { also: ['Enabled'] }), true),
  as,
} as const;

export const alexaSkill = {
  value: interpolatedText('An Alexa skill, by its ID: without it any skill in the world could invoke the function.', {
    ...skillId,
    aws: 'AWS::Lambda::Permission EventSourceToken',
    page: PAGE,
    also: ['AlexaSkill', 'SkillId', 'appId', 'alexa', 'skillId'],
  }),
  options: alexaOptions,
  polling: {
    delivery: 'push',
    caller: 'Alexa invokes the function with each request of a user of the skill.',
    permission: 'function',
    invocation: 'sync',
    concurrency: 'One invocation per request.',
    ordering: 'None between requests; those of one conversation come one after the other.',
    retries: 'None: the skill must respond within eight seconds.',
    failure: 'Alexa tells the user that something went wrong.',
    page: PAGE,
  },
} as const;
