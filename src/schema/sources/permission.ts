import { interpolatedText, object, or, text, word } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html';

const property = (name: string) => `AWS::Lambda::Permission ${name}`;

export const permission = {
  value: object(
    'Permission to invoke the function, for any caller that has no source of its own here: AWS Config, Secrets Manager rotation, another account.',
    {
      principal: text(
        'Who: a service such as `config.amazonaws.com`, an account, or the ARN of a role. Everyone in the `organization` by default.',
        {
          pattern: '^([a-z0-9-]+(\\.[a-z0-9-]+)*\\.(amazonaws\\.com(\\.cn)?|amazon\\.com)|[0-9]{12}|arn:[^*]+)$',
          means: 'a service such as config.amazonaws.com, an account id, or an ARN',
          examples: ['config.amazonaws.com', 'secretsmanager.amazonaws.com'],
          aws: property('Principal'),
          also: ['Principal'],
        },
      ),
      sourceArn: interpolatedText('The resource on whose behalf a service calls.', {
        pattern: '^(arn:|.*\\$\\().+',
        means: 'an ARN',
        aws: property('SourceArn'),
        also: ['SourceArn'],
      }),
      sourceAccount: interpolatedText('The account of that resource, if its ARN does not contain it or is not known.', {
        pattern: '^([0-9]{12}|.*\\$\\(.+)$',
        means: 'a 12-digit account ID, or $(account)',
        examples: ['$(account)'],
        aws: property('SourceAccount'),
        also: ['SourceAccount'],
      }),
      eventToken: interpolatedText('A token that the caller must supply.', {
        aws: property('EventSourceToken'),
        also: ['EventSourceToken'],
      }),
      organization: interpolatedText('An organization: only its members.', {
        pattern: '^(o-[a-z0-9]{10,32}|.*\\$\\(.+)$',
        means: 'the ID of an organization, such as o-a1b2c3d4e5',
        aws: property('PrincipalOrgID'),
        also: ['PrincipalOrgID', 'organizationId'],
      }),
      action: or(
        word(
          'What they may do.',
          { 'lambda:InvokeFunction': 'Invoke the function.', 'lambda:InvokeFunctionUrl': 'Call its URL.' },
          { aws: property('Action'), also: ['Action'] },
        ),
        'lambda:InvokeFunction',
      ),
    },
    { aws: 'AWS::Lambda::Permission', page: PAGE, also: ['Permission', 'addPermission', 'resourcePolicy'] },
  ),
  options: { as },
  polling: {
    delivery: 'push',
    caller: 'The principal of the permission invokes the function.',
    permission: 'function',
    invocation: 'either',
    concurrency: 'One invocation per request.',
    ordering: 'None.',
    retries: 'Up to the caller; for an asynchronous invocation, Lambda retries twice.',
    failure: 'The caller gets the error; failed asynchronous invocations go to the function’s failure destination.',
    page: PAGE,
  },
} as const;
