/**
 * The prefix lists of the gateway endpoints’ services, as AWS published them in November 2026: there is no way to look
 * one up in a template. https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 */
const lists: Readonly<Record<'s3' | 'dynamodb', Readonly<Record<string, string>>>> = {
  s3: {
    'ap-northeast-1': 'pl-61a54008',
    'ap-northeast-2': 'pl-78a54011',
    'ap-south-1': 'pl-78a54011',
    'ap-southeast-1': 'pl-6fa54006',
    'ap-southeast-2': 'pl-6ca54005',
    'eu-central-1': 'pl-6ea54007',
    'eu-west-1': 'pl-6da54004',
    'sa-east-1': 'pl-6aa54003',
    'us-east-1': 'pl-63a5400a',
    'us-east-2': 'pl-7ba54012',
    'us-west-1': 'pl-6ba54002',
    'us-west-2': 'pl-68a54001',
  },
  dynamodb: {
    'ap-southeast-2': 'pl-62a5400b',
    'eu-central-1': 'pl-66a5400f',
    'eu-west-1': 'pl-6fa54006',
    'us-east-1': 'pl-02cd2c6b',
    'us-east-2': 'pl-4ca54025',
    'us-west-1': 'pl-6ea54007',
    'us-west-2': 'pl-00a54069',
  },
};

/** The prefix list of a gateway’s service in a region, where the table knows it. */
export function prefixListOf(service: string, region: string | undefined): string | undefined {
  if (region === undefined || (service !== 's3' && service !== 'dynamodb')) return undefined;
  return lists[service][region];
}
