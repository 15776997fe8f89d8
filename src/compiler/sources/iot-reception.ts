import { attribute, type Value } from '../cloud/value.ts';
import type { Context } from '../resources/meaning.ts';
import { errorAction, errorDemands } from './iot-error.ts';
import { ruleOf } from './iot-rule.ts';
import { bringing, type Reception } from './receiver.ts';
import { bearer, type Between } from './receptions.ts';

/** A rule of AWS IoT that sends straight on. https://docs.aws.amazon.com/iot/latest/developerguide/iot-rule-actions.html */
export const iot: Between<'iot'> = {
  demands: (reception) => errorDemands(reception),
  expand(reception, context) {
    const { settings } = reception;
    const { role, parts } = bearer(reception, { service: 'iot.amazonaws.com', statements: bringing(reception, context) });
    const error = errorAction(reception, context);
    const action = actionOf(reception, attribute(role, 'Arn'), context);
    return [
      ruleOf(reception, { sql: context.text(settings.iot), version: settings.sqlVersion, action, error: error.action }, context),
      ...parts,
      // One role brings both what came and what could not be handed over.
      ...error.parts.filter(({ part }) => part !== 'role'),
    ];
  },
};

function actionOf({ receiver, settings }: Reception<'iot'>, RoleArn: Value, context: Context): { readonly [kind: string]: Value } {
  switch (receiver.kind) {
    case 'queues':
      return { Sqs: { QueueUrl: context.attribute(receiver, 'url'), RoleArn } };
    case 'topics':
      return { Sns: { TargetArn: context.arn(receiver), MessageFormat: 'RAW', RoleArn } };
    case 'streams':
      return { Kinesis: { StreamName: context.attribute(receiver, 'name'), PartitionKey: taken(settings.partitionKey ?? ''), RoleArn } };
    default:
      return { StepFunctions: { StateMachineName: context.attribute(receiver, 'name'), RoleArn } };
  }
}

/** `$.order.id` as AWS IoT says it. https://docs.aws.amazon.com/iot/latest/developerguide/iot-substitution-templates.html */
const taken = (said: string): string => (said.startsWith('$.') ? `\${${said.slice(2)}}` : said);
