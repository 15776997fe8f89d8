import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import type { Thing } from '../resolve/model.ts';
import type { Context, SystemMeaning } from './meaning.ts';
import { sharedParameter } from './shared-name.ts';

type Shareable = Thing & { readonly settings: { readonly share?: boolean; readonly system?: string } };

/**
 * What systems of one account show each other, through Parameter Store and not through exports: whoever uses a thing
 * does not keep its owner from changing it. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 */
export const sharing: SystemMeaning = {
  expand: (context) =>
    (context.model.things as readonly Shareable[]).flatMap((thing) => [...shown(thing, context), ...found(thing, context)]),
};

const pathOf = (system: string, { kind, called }: Thing, { model }: Context) => `/eventsystem/${system}/${model.stage}/${kind}/${called}`;

function shown(thing: Shareable, context: Context): readonly Part[] {
  if (thing.settings.share !== true) return [];
  return [
    resource(
      address('AWS::SSM::Parameter', [], sharedParameter(thing)),
      { Type: 'String', Name: pathOf(context.model.name, thing, context), Value: context.arn(thing) },
      { because: thing.place, path: thing.path },
    ),
  ];
}

function found(thing: Shareable, context: Context): readonly Part[] {
  const { system } = thing.settings;
  if (system === undefined) return [];
  return [
    {
      part: 'parameter',
      name: sharedParameter(thing),
      body: { Type: 'AWS::SSM::Parameter::Value<String>', Default: pathOf(system, thing, context) },
      because: thing.place,
      path: thing.path,
    },
  ];
}
