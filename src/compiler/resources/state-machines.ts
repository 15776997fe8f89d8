import type { Written } from '../check/written.ts';
import { address } from '../cloud/address.ts';
import { resource, type Acceptance, type Part } from '../cloud/part.ts';
import { account, arn, attribute, type Value } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import type { Fn, FunctionSettings, Thing } from '../resolve/model.ts';
import { accessOf, verifyAccess } from './access.ts';
import { allowedTo, verifyAllow } from './allow.ts';
import { verifyExistingSettings } from './existing-settings.ts';
import { retention } from './function-parts.ts';
import { verifyRetention } from './function-settings.ts';
import type { Context, Meaning, Statement } from './meaning.ts';
import { machineAddress, startable } from './startable.ts';
import { definitionOf, functionsIn, verifyDefinition } from './state-machine-definition.ts';
import { systemKeyId } from './system-key.ts';
import { tagList } from './tags.ts';

type Machine = Thing<'stateMachines'>;

export const machineProblems = problems({
  'machine-without-definition': {
    severity: 'error',
    message: ({ name }: { name: string }) => `The state machine \`${name}\` needs a \`definition\`.`,
    why: 'The definition says what it does: a JSON file in Amazon States Language, or the same inline.',
    page: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html',
  },
  'machine-in-vpc': {
    severity: 'error',
    message: ({ name, thing }: { name: string; thing: string }) =>
      `\`${name}\` is a state machine, but \`${thing}\` can only be reached inside the VPC.`,
    why: 'Step Functions calls AWS services and never runs inside a VPC. A function in between can.',
    fix: () => ({ title: 'Do it in a function, and call that from a step' }),
  },
});

const roleAddress = ({ name }: Machine) => address('AWS::IAM::Role', { name, word: 'Machine' }, 'Role');
const logGroupAddress = ({ name }: Machine) => address('AWS::Logs::LogGroup', { name, word: 'Machine' }, 'LogGroup');

/** What it may do is said in the words of a function. */
function asFunction(machine: Machine): Fn {
  const { name, path, place, settings, written } = machine;
  return {
    owner: machine,
    within: [],
    named: undefined,
    title: name,
    path,
    place,
    handler: { file: '' },
    handlerPlace: place,
    settings: { access: settings.access, allow: settings.allow } as FunctionSettings,
    written: written as unknown as Written<FunctionSettings>,
  };
}

/** A state machine. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html */
export const stateMachines: Meaning<'stateMachines'> = {
  ...startable,

  verify(machine, context, report) {
    const { settings, written, name, place } = machine;
    verifyExistingSettings(machine, [], report);
    if (settings.existing) return;
    if (settings.definition === undefined) report(machineProblems['machine-without-definition'], place, { name });
    const definition = definitionOf(machine, context, report);
    if (definition !== undefined) verifyDefinition(machine, definition, report);
    const fn = asFunction(machine);
    verifyAccess(fn, context, report);
    verifyAllow(fn, context, report);
    for (const { thing, place: at, allowance } of accessOf(fn, context))
      if ((allowance.reaches ?? []).length > 0) report(machineProblems['machine-in-vpc'], at, { name, thing: thing.name });
    verifyRetention(settings.logs?.retention, written.parts.get('logs')?.parts.get('retention')?.place ?? place, report);
  },

  expand(machine, context) {
    const { settings, path, place: because } = machine;
    if (settings.existing) return [];
    const definition = definitionOf(machine, context, silent) ?? {};
    const level = settings.logs?.level ?? 'all';
    const to = roleAddress(machine);
    const from = { because, path };
    return [
      resource(
        machineAddress(machine),
        {
          ...(settings.physicalName !== undefined && { StateMachineName: settings.physicalName }),
          StateMachineType: settings.type.toUpperCase(),
          Definition: context.data(definition) as { readonly [key: string]: Value },
          RoleArn: attribute(to, 'Arn'),
          LoggingConfiguration: {
            Level: level.toUpperCase(),
            ...(level !== 'off' && {
              IncludeExecutionData: settings.logs?.data ?? false,
              Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: attribute(logGroupAddress(machine), 'Arn') } }],
            }),
          },
          TracingConfiguration: { Enabled: settings.tracing },
          ...(settings.key && { EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: context.text(settings.key) } }),
          ...tagList(settings.tags, context),
        },
        { ...from, ...acceptances(level, settings.tracing) },
      ),
      {
        part: 'role',
        address: to,
        service: 'states.amazonaws.com',
        // https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
        trust: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': arn('states', 'stateMachine:*') } },
        ...from,
      },
      ...granted(machine, definition, context),
      ...(level === 'off'
        ? []
        : [
            resource(
              logGroupAddress(machine),
              { ...retention(settings.logs?.retention, context), ...systemKeyId(undefined, context), ...tagList(settings.tags, context) },
              { ...from, deletion: context.model.protected ? 'Retain' : 'Delete', replaced: context.model.protected ? 'Retain' : 'Delete' },
            ),
          ]),
    ];
  },
};

/** What is wrong with a definition was reported before. */
const silent: Report = () => undefined;

function acceptances(level: string, tracing: boolean): { readonly accepted?: readonly Acceptance[] } {
  const accepted = [
    ...(level === 'all' ? [] : [{ rule: 'AwsSolutions-SF1', reason: 'The file says how much is logged.' }]),
    ...(tracing ? [] : [{ rule: 'AwsSolutions-SF2', reason: 'The file turns traces off.' }]),
  ];
  return accepted.length > 0 ? { accepted } : {};
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
const LOG_ACTIONS = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];

const TRACE_ACTIONS = ['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'];

/** What the steps may do: call the functions they name, and what the file grants. */
function granted(machine: Machine, definition: Parameters<typeof functionsIn>[0], context: Context): readonly Part[] {
  const { settings, path, place: because } = machine;
  const common = { part: 'grant', to: roleAddress(machine), by: 'service', because, path } as const;
  const everything = (actions: readonly string[], reason: string): Part => ({
    ...common,
    actions,
    on: ['*'],
    reason,
    accepted: [{ rule: 'AwsSolutions-IAM5', reason: 'These actions take no resource.' }],
  });
  const named = [...new Set(functionsIn(definition))].map((fn) => context.arn(fn));
  const fn = asFunction(machine);
  const said = [...accessOf(fn, context).flatMap(({ allowance }) => allowance.statements), ...allowedTo(fn, context).map(plain)];
  return [
    ...(named.length > 0
      ? [{ ...common, actions: ['lambda:InvokeFunction'], on: named, reason: 'its steps call them' } satisfies Part]
      : []),
    ...said.map((statement): Part => ({ ...common, ...statement, reason: 'its steps use it' })),
    ...((settings.logs?.level ?? 'all') === 'off' ? [] : [everything(LOG_ACTIONS, 'logs its executions')]),
    ...(settings.tracing ? [everything(TRACE_ACTIONS, 'traces its executions')] : []),
    ...(settings.key
      ? [
          {
            ...common,
            actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
            on: [context.text(settings.key)],
            reason: 'its data is encrypted',
          } satisfies Part,
        ]
      : []),
  ];
}

/** A statement without where it was written. */
function plain({ place: _, ...statement }: ReturnType<typeof allowedTo>[number]): Statement {
  return statement;
}
