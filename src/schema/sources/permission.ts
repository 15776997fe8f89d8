import { interpolatedText, object, or, text, word } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html';

const property = (name: string) => `AWS::Lambda::Permission ${name}`;

export const permission = {
  value: object(
    'Leave for somebody to call the function, for whatever has no word of its own here: AWS Config, Secrets Manager’s rotation, another account.',
    {
      principal: text(
        'Who: a service such as `config.amazonaws.com`, an account, or the ARN of a role. Everybody of the `organization` without it.',
        {
          pattern: '^([a-z0-9-]+(\\.[a-z0-9-]+)*\\.(amazonaws\\.com(\\.cn)?|amazon\\.com)|[0-9]{12}|arn:[^*]+)$',
          means: 'a service such as config.amazonaws.com, an account id, or an ARN',
          examples: ['config.amazonaws.com', 'secretsmanager.amazonaws.com'],
          aws: property('Principal'),
          also: ['Principal'],
        },
      ),
      sourceArn: interpolatedText('The resource a service calls for.', {
        pattern: '^(arn:|.*\\$\\().+',
        means: 'an ARN',
        aws: property('SourceArn'),
        also: ['SourceArn'],
      }),
      sourceAccount: interpolatedText('The account of that resource: where its ARN does not say it, or is not known.', {
        pattern: '^([0-9]{12}|.*\\$\\(.+)$',
        means: 'an account id of twelve digits, or $(account)',
        examples: ['$(account)'],
        aws: property('SourceAccount'),
        also: ['SourceAccount'],
      }),
      eventToken: interpolatedText('A token that the caller must give.', { aws: property('EventSourceToken'), also: ['EventSourceToken'] }),
      organization: interpolatedText('An organization: only who belongs to it.', {
        pattern: '^(o-[a-z0-9]{10,32}|.*\\$\\(.+)$',
        means: 'the id of an organization, such as o-a1b2c3d4e5',
        aws: property('PrincipalOrgID'),
        also: ['PrincipalOrgID', 'organizationId'],
      }),
      action: or(
        word(
          'What they may do.',
          { 'lambda:InvokeFunction': 'Call the function.', 'lambda:InvokeFunctionUrl': 'Call its URL.' },
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
    caller: 'Whoever the permission names calls the function.',
    permission: 'function',
    invocation: 'either',
    concurrency: 'One call for each request.',
    ordering: 'None.',
    retries: 'Those of the caller; of an asynchronous call two more by Lambda.',
    failure: 'The caller is told; of an asynchronous call it goes where the function’s own failures go.',
    page: PAGE,
  },
} as const;
