import type { Shift } from '../../schema/release.ts';
import { address, type Address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { account, arn, attribute, ref, text } from '../cloud/value.ts';
import type { Fn } from '../resolve/model.ts';
import { ALIAS, aliasAddress, fnOf, functionAddress, isVersioned, namesOf, roleAddress } from './function-address.ts';
import type { Context, Piece, SystemMeaning } from './meaning.ts';
import { verifyRelease } from './release-rules.ts';

const application: Address<'AWS::CodeDeploy::Application'> = address('AWS::CodeDeploy::Application', [], 'Releases');
const groupOf = (fn: Fn) => address('AWS::CodeDeploy::DeploymentGroup', namesOf(fn), 'Release');
const callerOf = (fn: Fn) => address('AWS::IAM::Role', namesOf(fn), 'ReleaseRole');
const alarmOf = (fn: Fn) => address('AWS::CloudWatch::Alarm', namesOf(fn), 'ReleaseAlarm');

/** Functions that callers reach by an alias: a version per content, the alias, and what leads it from one to the next. */
export const releases: SystemMeaning = {
  verify(context, report) {
    for (const fn of context.model.functions) if (isVersioned(fn) && !fn.written.broken) verifyRelease(fn, context, report);
  },
  expand(context) {
    const all = context.model.functions.filter(isVersioned);
    const released = all.filter(({ settings }) => settings.release !== undefined);
    const [first] = released;
    return [
      ...all.flatMap(aliasParts),
      ...(first ? [resource(application, { ComputePlatform: 'Lambda' }, { because: first.place, path: `${first.path}.release` })] : []),
      ...released.flatMap((fn) => releaseParts(fn, context)),
    ];
  },
};

function aliasParts(fn: Fn): readonly Part[] {
  const { settings, place: because, path } = fn;
  const { provisionedConcurrency: ready, release } = settings;
  const alias = aliasAddress(fn);
  return [
    resource(
      alias,
      {
        Name: ALIAS,
        FunctionName: ref(functionAddress(fn)),
        // The version’s own number comes here when its content is known.
        FunctionVersion: '$LATEST',
        ...(ready !== undefined && { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: ready } }),
      },
      {
        because,
        path,
        ...(release && {
          updatePolicy: {
            CodeDeployLambdaAliasUpdate: {
              ApplicationName: ref(application),
              DeploymentGroupName: ref(groupOf(fn)),
              ...(release.before && { BeforeAllowTrafficHook: ref(functionOf(release.before)) }),
              ...(release.after && { AfterAllowTrafficHook: ref(functionOf(release.after)) }),
            },
          },
        }),
      },
    ),
    { part: 'version', of: functionAddress(fn), alias, because, path },
  ];
}

const functionOf = ({ name }: { readonly name: string }) => address('AWS::Lambda::Function', { name, word: 'Function' });

/** What CodeDeploy needs to lead calls over, and to take them back. https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-steps-lambda.html */
function releaseParts(fn: Fn, context: Context): readonly Part[] {
  const { settings, place: because, path: own } = fn;
  const { release } = settings;
  if (!release) return [];
  const path = `${own}.release`;
  const from = { because, path };
  const alarms = [...(release.errorAlarm ? [ref(alarmOf(fn))] : []), ...(release.alarms ?? []).map((name) => context.text(name))];
  return [
    ...configuration(fn, release.shift),
    ...(release.errorAlarm ? [errorAlarm(fn)] : []),
    resource(
      groupOf(fn),
      {
        ApplicationName: ref(application),
        ServiceRoleArn: attribute(callerOf(fn), 'Arn'),
        DeploymentConfigName: configurationName(fn, release.shift),
        DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
        },
        ...(alarms.length > 0 && { AlarmConfiguration: { Enabled: true, Alarms: alarms.map((Name) => ({ Name })) } }),
      },
      from,
    ),
    ...leave(fn, alarms.length > 0, context),
  ];
}

/** What CodeDeploy may do for one function, and the functions it asks may answer. https://docs.aws.amazon.com/codedeploy/latest/userguide/managed-policies.html#AWSCodeDeployRoleForLambdaLimited */
function leave(fn: Fn, watches: boolean, context: Context): readonly Part[] {
  const { settings, place: because, path: own } = fn;
  const from = { because, path: `${own}.release` };
  const to = callerOf(fn);
  const ours = arn('codedeploy', text('deploymentgroup:', ref(application), '/*'));
  const hooks = [settings.release?.before, settings.release?.after].flatMap((hook) => (hook ? (fnOf(hook, context.model) ?? []) : []));
  const leading = { part: 'grant', to, by: 'service', reason: 'CodeDeploy shifts traffic to the next version', ...from } as const;
  return [
    {
      part: 'role',
      address: to,
      service: 'codedeploy.amazonaws.com',
      // https://docs.aws.amazon.com/codedeploy/latest/userguide/security_confused_deputy.html
      trust: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': ours } },
      ...from,
    },
    { ...leading, actions: ['lambda:GetAlias', 'lambda:UpdateAlias'], on: [attribute(functionAddress(fn), 'Arn')] },
    ...(settings.provisionedConcurrency === undefined
      ? []
      : [
          {
            ...leading,
            actions: ['lambda:GetProvisionedConcurrencyConfig'],
            on: [text(attribute(functionAddress(fn), 'Arn'), `:${ALIAS}`)],
          } satisfies Part,
        ]),
    ...(watches
      ? [
          {
            ...leading,
            actions: ['cloudwatch:DescribeAlarms'],
            on: [arn('cloudwatch', 'alarm:*')],
            reason: 'CodeDeploy reads the alarms that roll the release back',
            accepted: [{ rule: 'AwsSolutions-IAM5', reason: 'Alarms are described by their names, all in one call.' }],
          } satisfies Part,
        ]
      : []),
    ...hooks.flatMap((hook): readonly Part[] => [
      {
        ...leading,
        actions: ['lambda:InvokeFunction'],
        on: [attribute(functionAddress(hook), 'Arn')],
        reason: 'CodeDeploy invokes it as a check',
      },
      {
        part: 'grant',
        to: roleAddress(hook),
        actions: ['codedeploy:PutLifecycleEventHookExecutionStatus'],
        on: ['*'],
        by: 'code',
        reason: `reports on the release of ${fn.title}`,
        accepted: [{ rule: 'AwsSolutions-IAM5', reason: 'The action takes no resource.' }],
        ...from,
      },
    ]),
  ];
}

/** Calls that fail, of the alias: of either version. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
function errorAlarm(fn: Fn): Part {
  const own = ref(functionAddress(fn));
  return resource(
    alarmOf(fn),
    {
      AlarmDescription: `Calls fail while a release is under way: ${fn.path}`,
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [
        { Name: 'FunctionName', Value: own },
        { Name: 'Resource', Value: text(own, `:${ALIAS}`) },
      ],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    },
    {
      because: fn.place,
      path: `${fn.path}.release`,
      accepted: [{ rule: 'AwsSolutions-CW1', reason: 'CodeDeploy reads it; it tells nobody.' }],
    },
  );
}

/** Configurations that CodeDeploy brings along. https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html#deployment-configuration-lambda */
const BROUGHT: ReadonlySet<string> = new Set([
  'canary 10 5',
  'canary 10 10',
  'canary 10 15',
  'canary 10 30',
  'linear 10 1',
  'linear 10 2',
  'linear 10 3',
  'linear 10 10',
]);

const isBrought = (shift: Shift) => shift.way === 'all-at-once' || BROUGHT.has(`${shift.way} ${shift.percent} ${shift.minutes}`);
const configurationOf = (fn: Fn) => address('AWS::CodeDeploy::DeploymentConfig', namesOf(fn), 'ReleaseConfig');

function configurationName(fn: Fn, shift: Shift): Piece {
  if (!isBrought(shift)) return ref(configurationOf(fn));
  if (shift.way === 'all-at-once') return 'CodeDeployDefault.LambdaAllAtOnce';
  const minutes = `${shift.minutes}Minute${shift.minutes === 1 ? '' : 's'}`;
  return shift.way === 'canary'
    ? `CodeDeployDefault.LambdaCanary10Percent${minutes}`
    : `CodeDeployDefault.LambdaLinear10PercentEvery${minutes}`;
}

function configuration(fn: Fn, shift: Shift): readonly Part[] {
  if (shift.way === 'all-at-once' || isBrought(shift)) return [];
  const { percent, minutes } = shift;
  return [
    resource(
      configurationOf(fn),
      {
        ComputePlatform: 'Lambda',
        TrafficRoutingConfig:
          shift.way === 'canary'
            ? { Type: 'TimeBasedCanary', TimeBasedCanary: { CanaryPercentage: percent, CanaryInterval: minutes } }
            : { Type: 'TimeBasedLinear', TimeBasedLinear: { LinearPercentage: percent, LinearInterval: minutes } },
      },
      { because: fn.place, path: `${fn.path}.release` },
    ),
  ];
}
