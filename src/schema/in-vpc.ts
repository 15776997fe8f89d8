import { flag } from './kit.ts';

/** Of what Lambda reads from inside of a VPC. */
export const inVpc = (what: string) =>
  flag(
    `The ${what} is in this system’s VPC: the endpoints that Lambda’s pollers need are created, according to \`endpoints\`. Otherwise the ${what}’s own VPC must have them, or a NAT.`,
    {
      aws: 'AWS::EC2::VPCEndpoint',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html',
      also: ['VpcEndpoint', 'vpcEndpoint'],
    },
  );
