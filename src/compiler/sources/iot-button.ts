import { iotButton as shape } from '../../schema/sources/iot-button.ts';
import { problems } from '../diagnostics/problem.ts';
import { choosing, fixing } from '../edit/fixes.ts';
import { instead } from '../edit/edits.ts';
import { errorDemands, verifyError } from './iot-error.ts';
import { iotRule } from './iot-rule.ts';
import type { SourceMeaning } from './source.ts';

export const iotButtonProblems = problems({
  'buttons-ended': {
    severity: 'hint',
    message: ({ serial }: { serial: string }) => `The service for IoT buttons has ended; this is a rule on \`iotbutton/${serial}\`.`,
    why: 'AWS IoT 1-Click ended in December 2024. A button that was set up by hand, or anything else that publishes to that topic, still invokes the function.',
    fix: ({ serial }: { serial: string }, place) =>
      choosing(
        fixing(
          `Write \`iot: SELECT * FROM 'iotbutton/${serial}'\`, which is equivalent`,
          instead(place, `iot: SELECT * FROM 'iotbutton/${serial}'`),
        ),
      ),
    page: 'https://docs.aws.amazon.com/iot-1-click/latest/developerguide/iot-1-click-end-of-support.html',
  },
});

/** An IoT button: a rule on its topic. https://docs.aws.amazon.com/iot/latest/developerguide/iot-rules.html */
export const iotButton: SourceMeaning<'iotButton'> = {
  model: shape.polling,
  pace: () => 'AWS IoT invokes it with each press',
  named: () => ({ name: 'iot-button', word: 'Source' }),

  verify(source, context, report) {
    report(iotButtonProblems['buttons-ended'], source.place, { serial: source.settings.iotButton });
    verifyError(source, context, report);
  },

  demands: (source) => errorDemands(source),

  expand: (source, context) => iotRule(source, `SELECT * FROM 'iotbutton/${source.settings.iotButton}'`, '2016-03-23', context),
};
