import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { account, arn, attribute, ref } from '../cloud/value.ts';
import { retention } from '../resources/function-parts.ts';
import type { Context } from '../resources/meaning.ts';
import { systemKeyId } from '../resources/system-key.ts';
import { tagList } from '../resources/tags.ts';
import type { Place } from '../text/source-text.ts';
import { vpcAddress } from './zones.ts';

interface Said {
  readonly traffic?: string;
  readonly retention?: number | string;
}

/** Logs of the connections in the VPC. https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html */
export function flowLogParts(
  { traffic = 'reject', retention: kept }: Said,
  context: Context,
  from: { readonly because: Place; readonly path: string },
): readonly Part[] {
  // By volume the largest of logs: a month, where nobody asks for a strict system.
  const said = kept ?? (context.model.strict ? undefined : 30 * 86_400);
  const group = address('AWS::Logs::LogGroup', [], 'VpcFlowLogGroup');
  const role = address('AWS::IAM::Role', [], 'VpcFlowLogRole');
  const grant = { part: 'grant', to: role, by: 'service', reason: 'VPC writes its flow logs', ...from } as const;
  return [
    resource(
      group,
      { ...retention(said, context), ...systemKeyId(undefined, context), ...tagList(undefined, context) },
      { ...from, deletion: context.model.protected ? 'Retain' : 'Delete', replaced: context.model.protected ? 'Retain' : 'Delete' },
    ),
    {
      part: 'role',
      address: role,
      service: 'vpc-flow-logs.amazonaws.com',
      trust: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': arn('ec2', 'vpc-flow-log/*') } },
      ...from,
    },
    { ...grant, actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], on: [attribute(group, 'Arn')] },
    {
      ...grant,
      actions: ['logs:DescribeLogGroups'],
      on: ['*'],
      accepted: [{ rule: 'AwsSolutions-IAM5', reason: 'VPC looks for its group in the list of all groups; the action takes no resource.' }],
    },
    resource(
      address('AWS::EC2::FlowLog', [], 'VpcFlowLog'),
      {
        ResourceType: 'VPC',
        ResourceId: ref(vpcAddress),
        TrafficType: traffic.toUpperCase(),
        LogDestinationType: 'cloud-watch-logs',
        LogGroupName: ref(group),
        DeliverLogsPermissionArn: attribute(role, 'Arn'),
        ...tagList(undefined, context),
      },
      from,
    ),
  ];
}
