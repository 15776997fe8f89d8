import { deploy as shape } from '../../schema/sources/deploy.ts';
import { address } from '../cloud/address.ts';
import { resource } from '../cloud/part.ts';
import { type Value } from '../cloud/value.ts';
import { problems } from '../diagnostics/problem.ts';
import { invokedArn } from '../resources/function-address.ts';
import type { SourceMeaning } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources-lambda.html';

export const deployProblems = problems({
  'property-of-cloudformation': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is CloudFormation’s own property.`,
    why: 'CloudFormation reads `ServiceToken` and `ServiceTimeout` itself: they say whom to call and how long to wait, and are written by this compiler.',
    fix: ({ name }: { name: string }) => ({
      title: name === 'ServiceTimeout' ? 'Write `timeout` beside `properties`' : 'Give the property another name',
    }),
    page: PAGE,
  },
  'answer-has-no-road': {
    severity: 'warning',
    message: () => 'The function is in the VPC, from where it may not reach CloudFormation to answer.',
    why: 'The answer goes to an address of Amazon S3 outside of this account, which the endpoints made here do not let through. Without an answer CloudFormation waits until its time is over, and the deployment fails.',
    fix: () => ({ title: 'Take the function out of the VPC, or give it `egress: internet`' }),
    page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-customresource.html',
  },
});

/** Lambda tries an event three times, with a minute and two minutes between. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const threeTries = (timeout: number): number => Math.min(3 * timeout + 180, 3600);

/** A custom resource: part of the deployment itself. */
export const deploy: SourceMeaning<'deploy'> = {
  model: shape.polling,
  pace: () => 'CloudFormation calls with each deployment that changes it',
  named: () => ({ name: 'deploy', word: 'Source' }),

  verify({ written, place, fn }, context, report) {
    const { parts } = written.at('deploy').at('properties');
    for (const name of ['ServiceToken', 'ServiceTimeout']) {
      const part = parts.get(name);
      if (part) report(deployProblems['property-of-cloudformation'], part.key ?? part.place, { name });
    }
    const inVpc = context.members.some((member) => member.path === fn.path);
    if (inVpc && !fn.settings.egress?.some(({ to }) => to === '0.0.0.0/0')) report(deployProblems['answer-has-no-road'], place, {});
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
