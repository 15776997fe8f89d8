import { flag } from './kit.ts';

/** Of what Lambda reads from inside of a VPC. */
export const inVpc = (what: string) =>
  flag(
    `The ${what} is in the VPC of this system: the endpoints that Lambda’s pollers need there are made, as \`endpoints\` says. Without it, whoever made the ${what}’s VPC sees to them, or to a NAT.`,
    {
      aws: 'AWS::EC2::VPCEndpoint',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html',
      also: ['VpcEndpoint', 'vpcEndpoint'],
    },
  );
