import { inTime } from '../../schema/kit.ts';
import { deploy as shape } from '../../schema/sources/deploy.ts';
import { address } from '../cloud/address.ts';
import { resource } from '../cloud/part.ts';
import { type Value } from '../cloud/value.ts';
import { problems, type Fix } from '../diagnostics/problem.ts';
import type { Place } from '../text/source-text.ts';
import { choosing, fixing } from '../edit/fixes.ts';
import { besideWhole, flowTextAt, without } from '../edit/edits.ts';
import { invokedArn } from '../resources/function-address.ts';
import type { SourceMeaning } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources-lambda.html';

/** How long to wait is a setting of the source. */
function timeoutInstead(name: string, place: Place): Fix {
  if (name !== 'ServiceTimeout') return { title: 'Give the property another name' };
  const seconds = Number(flowTextAt(place));
  const edits = Number.isInteger(seconds) ? [...without(place), ...besideWhole(place, 'timeout', inTime(seconds))] : [];
  return fixing('Write `timeout` next to `properties`', edits);
}

export const deployProblems = problems({
  'property-of-cloudformation': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is a property that CloudFormation reserves.`,
    why: 'CloudFormation itself reads `ServiceToken` and `ServiceTimeout`: they say what to call and how long to wait, and the compiler sets them.',
    fix: ({ name }: { name: string }, place) => timeoutInstead(name, place),
    page: PAGE,
  },
  'answer-has-no-road': {
    severity: 'warning',
    message: () => 'The function is in the VPC, and may not be able to send its response to CloudFormation.',
    why: 'The response goes to an S3 URL outside this account, which the endpoints created here do not allow. Without a response CloudFormation waits until it times out, and the deployment fails.',
    fix: ({ vpc }: { vpc: Place | undefined }) =>
      choosing(vpc ? fixing('Take the function out of the VPC', without(vpc)) : { title: 'Take the function out of the VPC' }, {
        title: 'Give it `egress: internet`',
      }),
    page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-customresource.html',
  },
});

/** Lambda tries an event three times, with a minute and two minutes between. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const threeTries = (timeout: number): number => Math.min(3 * timeout + 180, 3600);

/** A custom resource: part of the deployment itself. */
export const deploy: SourceMeaning<'deploy'> = {
  model: shape.polling,
  pace: () => 'CloudFormation invokes it with each deployment that changes it',
  named: () => ({ name: 'deploy', word: 'Source' }),

  verify({ written, place, fn }, context, report) {
    const { parts } = written.at('deploy').at('properties');
    for (const name of ['ServiceToken', 'ServiceTimeout']) {
      const part = parts.get(name);
      if (part) report(deployProblems['property-of-cloudformation'], part.key ?? part.place, { name });
    }
    const inVpc = context.members.some((member) => member.path === fn.path);
    if (inVpc && !fn.settings.egress?.some(({ to }) => to === '0.0.0.0/0'))
      report(deployProblems['answer-has-no-road'], place, { vpc: fn.settings.vpc === true ? fn.written.at('vpc').key : undefined });
  },

  expand({ settings: { deploy: of }, names, fn, place: because, path }, context) {
    const own = (of.properties === undefined ? {} : context.data(of.properties)) as { readonly [name: string]: Value };
    return [
      resource(
        address('AWS::CloudFormation::CustomResource', names, 'Resource'),
        {
          ...own,
          ...(of.whenCodeChanges && { CodeDigest: context.code(fn).file.replace(/\.zip$/, '') }),
          ServiceToken: invokedArn(fn),
          ServiceTimeout: of.timeout ?? threeTries(fn.settings.timeout),
        },
        { because, path },
      ),
    ];
  },
};
