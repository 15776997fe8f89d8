import { variableOf } from '../../runtime/contract.ts';
import { address, type Address } from '../cloud/address.ts';
import { attribute, ref, type Intrinsic } from '../cloud/value.ts';
import type { Thing } from '../resolve/model.ts';
import { fnOf, invokedArn, invokedName, thingAddress, thingLogGroup } from './function-address.ts';
import type { Allowance, Context, Meaning, Use } from './meaning.ts';

type FunctionThing = Thing<'functions'> | Thing<'consumers'>;

/** What is called: its alias, where it has one. */
function arn(thing: FunctionThing, { model }: Context): Intrinsic {
  const fn = fnOf(thing, model);
  return fn ? invokedArn(fn) : attribute(thingAddress(thing), 'Arn');
}

/** What the API of Lambda takes for it. */
function identity(thing: FunctionThing, { model }: Context): Intrinsic {
  const fn = fnOf(thing, model);
  return fn ? invokedName(fn) : name(thing);
}

/** Where a consumer has an address of its own: it has one at most. */
export const urlAddress = ({ name: of }: Pick<FunctionThing, 'name'>): Address<'AWS::Lambda::Url'> =>
  address('AWS::Lambda::Url', { name: of, word: 'Function' }, 'Url');

const name = (thing: FunctionThing) => ref(thingAddress(thing));

/** Leave to invoke a function. One that invokes itself, or is invoked by one it invokes, needs a policy apart from its role. */
function invoke(thing: FunctionThing, { fn }: Use, context: Context): Allowance {
  const itself = fn.owner === thing;
  return {
    statements: [{ actions: ['lambda:InvokeFunction'], on: [arn(thing, context)], ...(itself && { apart: true }) }],
    // A function finds its own name in AWS_LAMBDA_FUNCTION_NAME.
    variables: itself ? [] : [{ name: variableOf('function', thing.called), value: identity(thing, context) }],
  };
}

/**
 * A function as something others refer to: `functions` and `consumers` are one kind of thing. What it becomes is the
 * same wherever it was declared, and stands in `functions.ts`.
 */
export const invocable = {
  service: 'lambda',
  arn,
  attributes: {
    '': identity,
    name,
    arn,
    logGroup: (thing: FunctionThing) => ref(thingLogGroup(thing)),
    url: (thing: FunctionThing) => attribute(urlAddress(thing), 'FunctionUrl'),
  },
  access: { invoke },
  expand: () => [],
} satisfies Meaning<'functions'> & Meaning<'consumers'>;
