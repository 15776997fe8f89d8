import { Refusal } from '../wire.ts';
import type { Template } from './template.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html, Capabilities */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
};

const IAM = [...Object.keys(NAMES), 'AWS::IAM::Policy', 'AWS::IAM::AccessKey', 'AWS::IAM::UserToGroupAddition'];

/** What a template asks to be acknowledged, and the resources for which. */
export function capabilitiesOf({ Resources, Transform }: Template): {
  readonly capabilities: readonly string[];
  readonly reason: string | undefined;
} {
  const types = Object.values(Resources).filter(({ Type }) => IAM.includes(Type));
  const named = types.some(({ Type, Properties }) => Properties?.[NAMES[Type] ?? ''] !== undefined);
  const capabilities = [
    ...(types.length > 0 ? [named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'] : []),
    ...(Transform === undefined ? [] : ['CAPABILITY_AUTO_EXPAND']),
  ];
  const list = [...new Set(types.map(({ Type }) => Type))].join(', ');
  return { capabilities, reason: types.length > 0 ? `The following resource(s) require capabilities: [${list}]` : undefined };
}

export function checkCapabilities(template: Template, given: readonly string[]): void {
  const missing = capabilitiesOf(template).capabilities.filter(
    (one) => !given.includes(one) && !(one === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM')),
  );
  if (missing.length > 0) throw new Refusal('InsufficientCapabilitiesException', `Requires capabilities : [${missing.join(', ')}]`);
}
