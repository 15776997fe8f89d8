import { address, type Address } from '../cloud/address.ts';
import { digestOf } from '../cloud/digest.ts';
import { resource, type Part, type Resource } from '../cloud/part.ts';
import { ref, type Value } from '../cloud/value.ts';
import type { Fn } from '../resolve/model.ts';
import { namesOf } from './function-address.ts';
import { functionParts, type FunctionSpec } from './function-parts.ts';
import type { Context } from './meaning.ts';

/** What can be changed without another version. https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html */
export const NOT_IN_VERSION: readonly string[] = ['CodeSigningConfigArn', 'ReservedConcurrentExecutions', 'Tags', 'TenancyConfig'];

/**
 * A published version of a function without an environment, named by its content: Lambda publishes another one only
 * where something changed, and CloudFormation only where the id is another.
 */
export function versionAddress(fn: Fn, spec: FunctionSpec, context: Context): Address<'AWS::Lambda::Version'> {
  const made = functionParts(spec, context).find((part): part is Resource => part.part === 'resource' && part.address === spec.address);
  const content = Object.entries(made?.properties ?? {}).filter(([name, value]) => !NOT_IN_VERSION.includes(name) && value !== undefined);
  return address('AWS::Lambda::Version', namesOf(fn), `Version${digestOf(Object.fromEntries(content) as Value)}`);
}

/**
 * A version of which copies are about cannot be deleted: it stays, and costs nothing.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-delete-replicas.html
 */
export function versionPart(fn: Fn, spec: FunctionSpec, context: Context): Part {
  const { because, path } = spec;
  return resource(
    versionAddress(fn, spec, context),
    { FunctionName: ref(spec.address) },
    { because, path, deletion: 'Retain', replaced: 'Retain' },
  );
}
