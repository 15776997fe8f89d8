import type { Manifest } from '../compiler/compile.ts';

/** Where things lie, as the reader of the commands would write it: relative, with forward slashes. */
export interface Paths {
  readonly out: string;
}

export interface DeployFacts {
  readonly manifest: Manifest;
  /** In the order they are deployed. */
  readonly stacks: readonly StackFacts[];
}

export interface StackFacts {
  readonly name: string;
  /** The file of its template. */
  readonly file: string;
  /** The names of the template’s parameters without a default, besides ArtifactBucket and those that others hand over. */
  readonly parameters: readonly string[];
  /** The stacks whose outputs are its parameters. */
  readonly from: readonly string[];
  /** Bytes of its template. */
  readonly templateBytes: number;
}

/** A command line and what it is for. */
export interface Step {
  readonly what: string;
  readonly command: string;
}

/** The stack with what an account needs once per region. */
export const BOOTSTRAP_STACK = 'eventsystem-bootstrap';

/** A template that is handed over with the call itself. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const INLINE_BYTES = 51_200;

/** The steps by which the AWS CLI deploys what was compiled, to be copied as they stand. */
export function deployCommands({ manifest, stacks }: DeployFacts, { out }: Paths): readonly Step[] {
  const region = manifest.region === undefined ? '' : ` --region ${manifest.region}`;
  const folder = quoted(out);
  return [
    {
      what: 'Once per account and region: a bucket for the code, and the role that lets API Gateway write logs',
      command: `aws cloudformation deploy${region} --stack-name ${BOOTSTRAP_STACK} --template-file ${folder}/bootstrap.template.json --capabilities CAPABILITY_IAM`,
    },
    {
      what: 'The code',
      command:
        `BUCKET=$(aws cloudformation describe-stacks${region} --stack-name ${BOOTSTRAP_STACK} --query "Stacks[0].Outputs[?OutputKey=='ArtifactBucket'].OutputValue" --output text)\n` +
        `aws s3 sync${region} ${folder}/assets "s3://$BUCKET/assets" --exclude "*" --include "*.zip"`,
    },
    ...(stacks.length > 1
      ? [
          {
            what: 'What one stack passes to the next: its outputs become the other’s parameters',
            command: `handed() { aws cloudformation describe-stacks${region} --stack-name "$1" --query "Stacks[0].Outputs[].[join('=', [OutputKey, OutputValue])]" --output text; }`,
          },
        ]
      : []),
    ...stacks.map((one) => ({
      what: `The system${stacks.length === 1 ? '' : `, ${one.name}`}${takingIn(manifest)}`,
      command: deployCommand(one, region, folder),
    })),
  ];
}

/** The AWS CLI’s command takes nothing in. */
function takingIn({ adopts }: Manifest): string {
  const paths = adopts?.map(({ path }) => path).join(', ');
  return paths === undefined ? '' : `. It adopts ${paths}: use \`eventsystem deploy\` the first time, because this command imports nothing`;
}

/** A stack. What the command is given beyond the template’s parameters it leaves alone; each line of what is handed over is one word. */
function deployCommand({ name, file, parameters, from, templateBytes }: StackFacts, region: string, folder: string): string {
  const handed = from.map((one) => `$(handed ${one})`);
  const overrides = ['ArtifactBucket="$BUCKET"', ...parameters.map((each) => `${each}=VALUE`), ...handed].join(' ');
  const large = templateBytes > INLINE_BYTES ? ' --s3-bucket "$BUCKET" --s3-prefix templates' : '';
  const command = `aws cloudformation deploy${region} --stack-name ${name} --template-file ${folder}/${file}${large} --parameter-overrides ${overrides} --capabilities CAPABILITY_IAM`;
  return handed.length === 0 ? command : `(IFS=$'\\n'; ${command})`;
}

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[A-Za-z0-9_./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
