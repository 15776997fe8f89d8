import { logicalId } from '../cloud/address.ts';
import { digestOf } from '../cloud/digest.ts';
import type { Version } from '../cloud/part.ts';
import type { Value } from '../cloud/value.ts';
import { NOT_IN_VERSION } from '../resources/function-version.ts';
import type { TemplateResource } from './emit.ts';

type Resources = Readonly<Record<string, TemplateResource>>;

/** The logical id of a version: its function’s, and what the function is. */
export function versionId({ of }: Version, resources: Resources): string {
  const properties = Object.entries(resources[logicalId(of)]?.Properties ?? {}).filter(([name]) => !NOT_IN_VERSION.includes(name));
  return `${logicalId(of)}Version${digestOf(Object.fromEntries(properties) as Value)}`;
}

/**
 * The resources with a version of each function that has some, and its alias led there. An earlier version stays until
 * the function goes, so that an execution that began in it can end, and a rollback finds it.
 */
export function withVersions(resources: Resources, versions: readonly Version[]): Resources {
  const all: Record<string, TemplateResource> = { ...resources };
  for (const version of versions) {
    const id = versionId(version, resources);
    const alias = logicalId(version.alias);
    all[id] = {
      Type: 'AWS::Lambda::Version',
      Metadata: { eventsystem: { path: version.path } },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { FunctionName: { Ref: logicalId(version.of) } },
    };
    const led = all[alias];
    if (led) all[alias] = { ...led, Properties: { ...led.Properties, FunctionVersion: { 'Fn::GetAtt': [id, 'Version'] } } };
  }
  return all;
}
