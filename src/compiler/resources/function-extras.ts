import type { Part } from '../cloud/part.ts';
import { attribute, text, type Value } from '../cloud/value.ts';
import type { FunctionSpec } from './function-parts.ts';
import type { Context } from './meaning.ts';

/** Properties few functions have. */
export function extraProperties({ settings }: FunctionSpec, context: Context): { readonly [name: string]: Value } {
  const { fileSystems, codeSigning, durable, tenancy, snapStart } = settings;
  return {
    ...(fileSystems && {
      FileSystemConfigs: fileSystems.map(({ accessPoint, path }) => ({ Arn: context.text(accessPoint), LocalMountPath: path })),
    }),
    ...(codeSigning && { CodeSigningConfigArn: context.text(codeSigning) }),
    ...(durable && {
      DurableConfig: {
        ExecutionTimeout: durable.timeout,
        ...(durable.retention !== undefined && { RetentionPeriodInDays: Math.ceil(durable.retention / 86_400) }),
      },
    }),
    ...(snapStart && { SnapStart: { ApplyOn: 'PublishedVersions' } }),
    ...(tenancy && { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } }),
  };
}

/** What they take in the function’s role. */
export function extraGrants({ settings, address, role, because, path }: FunctionSpec, context: Context): readonly Part[] {
  const common = { part: 'grant', to: role, by: 'service', because, path } as const;
  return [
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html
    ...(settings.fileSystems ?? []).map(({ fileSystem, accessPoint, path: mounted, write }): Part => ({
      ...common,
      insideSandbox: true,
      actions: ['elasticfilesystem:ClientMount', ...(write ? ['elasticfilesystem:ClientWrite'] : [])],
      on: [context.text(fileSystem)],
      when: { StringEquals: { 'elasticfilesystem:AccessPointArn': context.text(accessPoint) } },
      reason: `mounts ${mounted}`,
    })),
    // https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
    ...(settings.durable
      ? [
          {
            ...common,
            insideSandbox: true,
            actions: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
            on: [text(attribute(address, 'Arn'), ':*/durable-execution/*')],
            apart: true,
            reason: 'stores the state of its executions',
            accepted: [{ rule: 'AwsSolutions-IAM5', reason: 'Each execution is of one version of this one function.' }],
          } satisfies Part,
        ]
      : []),
  ];
}
