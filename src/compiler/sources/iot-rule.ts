import { address, type Address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute, type Value } from '../cloud/value.ts';
import type { Text } from '../resolve/model.ts';
import { invokedArn } from '../resources/function-address.ts';
import type { Context, Piece } from '../resources/meaning.ts';
import { tagList } from '../resources/tags.ts';
import { errorAction, type Erring } from './iot-error.ts';
import { permission } from './permission.ts';
import type { Standing } from './source.ts';

/** A way that is a rule of AWS IoT. */
export type Ruled = Erring & { readonly settings: { readonly enabled: boolean; readonly description?: Text | undefined } };

export const ruleAddress = ({ names }: Pick<Ruled, 'names'>): Address<'AWS::IoT::TopicRule'> =>
  address('AWS::IoT::TopicRule', names, 'Rule');

/** A rule that calls the function. https://docs.aws.amazon.com/iot/latest/developerguide/lambda-rule-action.html */
export function iotRule(source: Ruled & Standing, sql: Piece, version: string, context: Context): readonly Part[] {
  const error = errorAction(source, context);
  return [
    ruleOf(source, { sql, version, action: { Lambda: { FunctionArn: invokedArn(source.fn) } }, error: error.action }, context),
    permission(source, { principal: 'iot.amazonaws.com', source: attribute(ruleAddress(source), 'Arn'), ofAccount: true }),
    ...error.parts,
  ];
}

interface Rule {
  readonly sql: Piece;
  readonly version: string;
  readonly action: { readonly [kind: string]: Value };
  readonly error: ReturnType<typeof errorAction>['action'];
}

/** A rule, whatever it leads to. */
export function ruleOf(way: Ruled, { sql, version, action, error }: Rule, context: Context): Part {
  const { settings, tags, place: because, path } = way;
  return resource(
    ruleAddress(way),
    {
      TopicRulePayload: {
        Sql: sql,
        AwsIotSqlVersion: version,
        ...(settings.description && { Description: context.text(settings.description) }),
        RuleDisabled: !settings.enabled,
        Actions: [action],
        ...(error && { ErrorAction: error }),
      },
      ...tagList(tags, context),
    },
    { because, path },
  );
}
