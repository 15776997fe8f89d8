import { describe, expect, test } from 'vitest';
import { made } from '../apis/system.ts';

interface Config {
  readonly DistributionConfig: {
    readonly Origins: readonly { readonly Id: string; readonly OriginPath?: string; readonly DomainName: unknown }[];
    readonly DefaultCacheBehavior: Behaviour;
    readonly CacheBehaviors?: readonly Behaviour[];
  };
}

interface Behaviour {
  readonly PathPattern?: string;
  readonly AllowedMethods: readonly string[];
  readonly LambdaFunctionAssociations?: readonly { readonly EventType: string; readonly LambdaFunctionARN: { readonly Ref: string } }[];
}

const head = 'name: shop\nregion: us-east-1\nbuckets:\n  pages:\n';

const configOf = (yaml: string): Config['DistributionConfig'] => {
  const { findings, ofType } = made(yaml);
  expect(findings).toEqual([]);
  return (Object.values(ofType('AWS::CloudFront::Distribution'))[0] as unknown as Config).DistributionConfig;
};

describe('paths', () => {
  const site = (paths: string) => `${head}distributions:\n  site: { origin: { bucket: pages }, paths: { ${paths} } }\n`;
  const orderOf = (paths: string) => configOf(site(paths)).CacheBehaviors?.map(({ PathPattern }) => PathPattern);

  test('the more exact one is tried first, wherever it stands', () => {
    const exact = ['/a/b/*.jpg', '/a/b/*', '/a/*', '*.jpg'];
    const all = exact.map((path) => `'${path}': {}`);
    expect(orderOf(all.join(', '))).toEqual(exact);
    expect(orderOf([...all].reverse().join(', '))).toEqual(exact);
  });

  test('one without an origin of its own has the distribution’s', () => {
    const { Origins } = configOf(site("'/a/*': {}, '/b/*': { origin: { url: https://b.example/in } }"));
    expect(Origins.map(({ Id, OriginPath }) => [Id, OriginPath])).toEqual([
      ['default', undefined],
      ['/b/*', '/in'],
    ]);
  });
});

describe('what stands behind is closed to all others', () => {
  test('a bucket admits the distribution to read, below the origin’s path, and nobody else', () => {
    const { ofType } = made(`${head}distributions:\n  site: { origin: { bucket: pages, path: /public } }\n`);
    const { PolicyDocument } = ofType('AWS::S3::BucketPolicy')['PagesBucketPolicy'] as unknown as {
      readonly PolicyDocument: { readonly Statement: readonly Readonly<Record<string, unknown>>[] };
    };
    expect(PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 's3:GetObject',
        Resource: { 'Fn::Sub': '${PagesBucket.Arn}/public/*' },
        Condition: {
          StringEquals: {
            'aws:SourceArn': { 'Fn::Sub': 'arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${SiteDistribution}' },
          },
        },
      },
    ]);
  });

  test('a bucket behind two paths admits the distribution once', () => {
    const { ofType } = made(
      `${head}distributions:\n  site: { origin: { bucket: pages }, paths: { '/a/*': { origin: { bucket: pages, attempts: 1 } } } }\n`,
    );
    expect(JSON.stringify(ofType('AWS::S3::BucketPolicy')).match(/cloudfront\.amazonaws\.com/g)).toHaveLength(1);
  });

  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
  test('a function’s address is called signed, with both permissions, by this distribution alone', () => {
    const { ofType } = made(
      'name: shop\nconsumers:\n  render: { handler: src/a.ts, from: { url: iam } }\ndistributions:\n  site: { origin: { url: render } }\n',
    );
    const permissions = Object.values(ofType('AWS::Lambda::Permission')) as unknown as readonly Readonly<Record<string, unknown>>[];
    expect(permissions.map(({ Action }) => Action).sort()).toEqual(['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl']);
    for (const { Principal, SourceArn, FunctionUrlAuthType, InvokedViaFunctionUrl } of permissions) {
      expect({ Principal, SourceArn, by: FunctionUrlAuthType ?? InvokedViaFunctionUrl }).toEqual({
        Principal: 'cloudfront.amazonaws.com',
        SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${SiteDistribution}' },
        by: expect.anything(),
      });
    }
    expect(Object.keys(ofType('AWS::CloudFront::OriginAccessControl'))).toEqual(['SiteDistributionFunctionAccess']);
  });

  test('nothing signs for an address that is public or elsewhere', () => {
    const { ofType } = made(
      "name: shop\nconsumers:\n  open: { handler: src/a.ts, from: { url: public } }\ndistributions:\n  site: { origin: { url: open }, paths: { '/b/*': { origin: { url: https://b.example } } } }\n",
    );
    expect(ofType('AWS::CloudFront::OriginAccessControl')).toEqual({});
  });
});

describe('circles', () => {
  test('what a bucket calls may know the distribution before it', () => {
    const { findings } = made(
      `${head}distributions:\n  site: { origin: { bucket: pages } }\nconsumers:\n  purge: { handler: src/a.ts, environment: { SITE: $(site.id) }, from: { bucket: pages } }\n`,
    );
    expect(findings).toEqual([]);
  });

  test('a function the distribution asks may not wait for it', () => {
    const { findings } = made(
      'name: shop\nconsumers:\n  render: { handler: src/a.ts, environment: { SITE: $(site.url) }, from: { url: iam } }\ndistributions:\n  site: { origin: { url: render } }\n',
    );
    expect(findings.map((one) => one.split(' ')[0])).toEqual(['circle']);
  });
});

describe('functions at the edge', () => {
  const edge = (settings = '', rest = '') =>
    `${head}${rest}distributions:\n  site: { origin: { bucket: pages } }\nconsumers:\n  route: { handler: src/a.ts, ${settings}from: { distribution: site, at: [origin-request, viewer-response] } }\n`;
  const versionOf = (yaml: string) => Object.keys(made(yaml).ofType('AWS::Lambda::Version'));

  test('another content is another version, and nothing else is', () => {
    const [usual = ''] = versionOf(edge());
    expect(usual).toMatch(/^RouteFunctionVersion[0-9a-f]{16}$/);
    expect(versionOf(edge('timeout: 3 seconds, '))).not.toEqual([usual]);
    expect(versionOf(edge('tags: { team: web }, '))).toEqual([usual]);
    expect(versionOf(edge('', 'tags: { team: web }\n'))).toEqual([usual]);
    expect(versionOf(edge('', 'queues:\n  jobs:\n'))).toEqual([usual]);
  });

  test('the distribution calls that version', () => {
    const [usual = ''] = versionOf(edge());
    expect(configOf(edge()).DefaultCacheBehavior.LambdaFunctionAssociations).toEqual([
      { EventType: 'origin-request', LambdaFunctionARN: { Ref: usual } },
      { EventType: 'viewer-response', LambdaFunctionARN: { Ref: usual } },
    ]);
  });

  test('of two limits the smaller holds, and there is no environment, whatever was granted', () => {
    const { ofType } = made(edge('access: { visits: write }, ', 'tables:\n  visits: { key: id }\n'));
    const { Architectures, MemorySize, Timeout, Environment } = ofType('AWS::Lambda::Function')['RouteFunction'] as unknown as Readonly<
      Record<string, unknown>
    >;
    expect({ Architectures, MemorySize, Timeout, Environment }).toEqual({
      Architectures: ['x86_64'],
      MemorySize: 128,
      Timeout: 5,
      Environment: undefined,
    });
  });

  test('it stays when the stack goes, and has no name that would be in the way of the next', () => {
    const yaml = edge('', 'roles: { strictCallers: true }\n');
    const { FunctionName } = made(yaml).ofType('AWS::Lambda::Function')['RouteFunction'] as unknown as Readonly<Record<string, unknown>>;
    expect(FunctionName).toBeUndefined();
  });

  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
  test('its role is taken on by both services, and may write the logs of its copies and nothing more', () => {
    const role = made(edge()).ofType('AWS::IAM::Role')['RouteFunctionRole'] as unknown as {
      readonly AssumeRolePolicyDocument: { readonly Statement: readonly unknown[] };
      readonly Policies: readonly { readonly PolicyDocument: { readonly Statement: readonly { readonly Action: readonly string[] }[] } }[];
    };
    expect(role.AssumeRolePolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'] }, Action: 'sts:AssumeRole' },
    ]);
    const actions = role.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement.flatMap(({ Action }) => Action));
    expect([...new Set(actions)].sort()).toEqual(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']);
  });
});
