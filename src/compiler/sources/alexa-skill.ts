import { alexaSkill as shape } from '../../schema/sources/alexa-skill.ts';
import { permission } from './permission.ts';
import type { SourceMeaning } from './source.ts';

/** An Alexa skill. https://developer.amazon.com/en-US/docs/alexa/custom-skills/host-a-custom-skill-as-an-aws-lambda-function.html */
export const alexaSkill: SourceMeaning<'alexaSkill'> = {
  model: shape.polling,
  pace: () => 'Alexa invokes it with each request to the skill',
  named: () => ({ name: 'alexa-skill', word: 'Source' }),
  expand: (source, context) =>
    source.settings.enabled
      ? [
          permission(source, {
            principal: 'alexa-appkit.amazon.com',
            // A skill has no ARN: its id is what tells it from any other.
            token: context.text(source.settings.alexaSkill),
          }),
        ]
      : [],
};
