import { texts, trees, type Tree, type Value } from '../tree.ts';
import { validationError, type Refusal } from '../wire.ts';

interface Constraint {
  readonly longest?: number;
  readonly shortest?: number;
  readonly pattern?: string;
  readonly values?: readonly string[];
}

const TOKEN: Constraint = { longest: 128, shortest: 1, pattern: '[a-zA-Z0-9][-a-zA-Z0-9]*' };

/** What every operation asks of its members. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html */
const CONSTRAINTS: Readonly<Record<string, Constraint>> = {
  ChangeSetName: { longest: 1600, shortest: 1, pattern: '[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/]*' },
  ClientToken: { longest: 128, shortest: 1 },
  ClientRequestToken: TOKEN,
  Description: { longest: 1024, shortest: 1 },
  RoleARN: { longest: 2048, shortest: 20 },
  TemplateURL: { longest: 5120, shortest: 1 },
  StackPolicyBody: { longest: 16_384, shortest: 1 },
  ChangeSetType: { values: ['CREATE', 'UPDATE', 'IMPORT'] },
  OnStackFailure: { values: ['ROLLBACK', 'DELETE', 'DO_NOTHING'] },
  DeploymentMode: { values: ['REVERT_DRIFT'] },
  DeletionMode: { values: ['STANDARD', 'FORCE_DELETE_STACK'] },
  TemplateStage: { values: ['Original', 'Processed'] },
};

const CAPABILITIES = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'];

const broken = (member: string, value: Value, rule: string): Refusal =>
  validationError(`1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: Member must ${rule}`);

const lowered = (name: string): string => `${name[0]?.toLowerCase() ?? ''}${name.slice(1)}`;

/** Refuses what the API’s model refuses, before the operation sees it. */
export function checkMembers(params: Tree): void {
  for (const [name, constraint] of Object.entries(CONSTRAINTS)) {
    const value = params[name];
    if (typeof value === 'string') checkMember(lowered(name), value, constraint);
  }
  for (const one of texts(params, 'Capabilities'))
    if (!CAPABILITIES.includes(one)) throw broken('capabilities', one, `satisfy enum value set: [${CAPABILITIES.join(', ')}]`);
  trees(params, 'Tags').forEach(checkTag);
}

function checkMember(member: string, value: string, { longest, shortest, pattern, values }: Constraint): void {
  if (longest !== undefined && value.length > longest) throw broken(member, value, `have length less than or equal to ${longest}`);
  if (shortest !== undefined && value.length < shortest) throw broken(member, value, `have length greater than or equal to ${shortest}`);
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value))
    throw broken(member, value, `satisfy regular expression pattern: ${pattern}`);
  if (values && !values.includes(value)) throw broken(member, value, `satisfy enum value set: [${values.join(', ')}]`);
}

function checkTag(tag: Tree, index: number): void {
  const { Key, Value } = tag;
  if (typeof Key !== 'string' || Key === '') throw broken(`tags.${index + 1}.member.key`, '', 'have length greater than or equal to 1');
  if (Key.length > 128) throw broken(`tags.${index + 1}.member.key`, Key, 'have length less than or equal to 128');
  if (typeof Value === 'string' && Value.length > 256)
    throw broken(`tags.${index + 1}.member.value`, Value, 'have length less than or equal to 256');
}
