import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute } from '../cloud/value.ts';
import type { Text } from '../resolve/model.ts';
import { invokedArn } from '../resources/function-address.ts';
import type { Context, Piece } from '../resources/meaning.ts';
import { tagList } from '../resources/tags.ts';
import { errorAction, type Erring } from './iot-error.ts';
import { permission } from './permission.ts';

/** A source that is a rule of AWS IoT. */
export type Ruled = Erring & { readonly settings: { readonly enabled: boolean; readonly description?: Text | undefined } };

/** A rule that calls the function. https://docs.aws.amazon.com/iot/latest/developerguide/lambda-rule-action.html */
export function iotRule(source: Ruled, sql: Piece, version: string, context: Context): readonly Part[] {
  const { settings, names, fn, place: because, path } = source;
  const rule = address('AWS::IoT::TopicRule', names, 'Rule');
  const error = errorAction(source, context);
  return [
    resource(
      rule,
      {
        TopicRulePayload: {
          Sql: sql,
          AwsIotSqlVersion: version,
          ...(settings.description && { Description: context.text(settings.description) }),
          RuleDisabled: !settings.enabled,
          Actions: [{ Lambda: { FunctionArn: invokedArn(fn) } }],
          ...(error.action && { ErrorAction: error.action }),
        },
        ...tagList(fn.settings.tags, context),
      },
      { because, path },
    ),
    permission(source, { principal: 'iot.amazonaws.com', source: attribute(rule, 'Arn'), ofAccount: true }),
    ...error.parts,
  ];
}
