import type { Manifest } from '../compiler/compile.ts';

/** Where things lie, as the reader of the commands would write it: relative, with forward slashes. */
export interface Paths {
  readonly out: string;
}

export interface DeployFacts {
  readonly manifest: Manifest;
  /** The names of the template’s parameters without a default, besides ArtifactBucket. */
  readonly parameters: readonly string[];
  /** Bytes of template.json. */
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
export function deployCommands({ manifest, parameters, templateBytes }: DeployFacts, { out }: Paths): readonly Step[] {
  const region = manifest.region === undefined ? '' : ` --region ${manifest.region}`;
  const overrides = ['ArtifactBucket="$BUCKET"', ...parameters.map((name) => `${name}=VALUE`)].join(' ');
  const large = templateBytes > INLINE_BYTES ? ' --s3-bucket "$BUCKET" --s3-prefix templates' : '';
  const folder = quoted(out);
  return [
    {
      what: 'Once per account and region: a bucket for the code, and the role by which API Gateway writes logs',
      command: `aws cloudformation deploy${region} --stack-name ${BOOTSTRAP_STACK} --template-file ${folder}/bootstrap.template.json --capabilities CAPABILITY_IAM`,
    },
    {
      what: 'The code',
      command:
        `BUCKET=$(aws cloudformation describe-stacks${region} --stack-name ${BOOTSTRAP_STACK} --query "Stacks[0].Outputs[?OutputKey=='ArtifactBucket'].OutputValue" --output text)\n` +
        `aws s3 sync${region} ${folder}/assets "s3://$BUCKET/assets" --exclude "*" --include "*.zip"`,
    },
    {
      what: manifest.adopts
        ? `The system. It adopts ${manifest.adopts.map(({ path }) => path).join(', ')}: use \`eventsystem deploy\` the first time, for this command takes nothing in`
        : 'The system',
      command: `aws cloudformation deploy${region} --stack-name ${manifest.stack} --template-file ${folder}/template.json${large} --parameter-overrides ${overrides} --capabilities CAPABILITY_IAM`,
    },
  ];
}

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[A-Za-z0-9_./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
