import { alexaSmartHome as shape } from '../../schema/sources/alexa-smart-home.ts';
import { problems } from '../diagnostics/problem.ts';
import { permission } from './permission.ts';
import type { SourceMeaning } from './source.ts';

const PAGE = 'https://developer.amazon.com/en-US/docs/alexa/smarthome/develop-smart-home-skills-in-multiple-languages.html';

export const alexaSmartHomeProblems = problems({
  'alexa-region': {
    severity: 'warning',
    message: ({ region }: { region: string }) => `Alexa does not call smart home functions in ${region}.`,
    why: 'A smart home skill’s function must be in us-east-1 (for North America), eu-west-1 (for Europe and India) or us-west-2 (for Japan and Australia); the developer console accepts no other.',
    page: PAGE,
  },
});

const REGIONS: readonly string[] = ['us-east-1', 'eu-west-1', 'us-west-2'];

/** An Alexa smart home skill. https://developer.amazon.com/en-US/docs/alexa/smarthome/steps-to-build-a-smart-home-skill.html */
export const alexaSmartHome: SourceMeaning<'alexaSmartHome'> = {
  model: shape.polling,
  pace: () => 'Alexa invokes it with each directive for a device',
  named: () => ({ name: 'alexa-smart-home', word: 'Source' }),
  verify(source, { model: { region } }, report) {
    if (region !== undefined && !REGIONS.includes(region)) report(alexaSmartHomeProblems['alexa-region'], source.place, { region });
  },
  expand: (source, context) =>
    source.settings.enabled
      ? [
          permission(source, {
            principal: 'alexa-connectedhome.amazon.com',
            token: context.text(source.settings.alexaSmartHome),
          }),
        ]
      : [],
};
