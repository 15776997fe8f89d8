/** What a resource is called in a sentence; AWS’s own words. */
export function wordOf(type: string): string {
  if (Object.hasOwn(words, type)) return words[type] ?? type;
  const last = type.split('::').at(-1) ?? type;
  // `DBSubnetGroup` is three words, of which the first is an abbreviation.
  return last
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
}

const words: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Account': 'API Gateway’s account settings',
  'AWS::ApiGateway::ApiKey': 'API key',
  'AWS::ApiGateway::RestApi': 'REST API',
  'AWS::CertificateManager::Certificate': 'certificate',
  'AWS::CloudFormation::CustomResource': 'custom resource',
  'AWS::EC2::EIP': 'elastic IP address',
  'AWS::EC2::NatGateway': 'NAT gateway',
  'AWS::EC2::SecurityGroupEgress': 'security group rule',
  'AWS::EC2::SecurityGroupIngress': 'security group rule',
  'AWS::EC2::SubnetRouteTableAssociation': 'route table association',
  'AWS::EC2::VPCEndpoint': 'VPC endpoint',
  'AWS::EC2::VPCGatewayAttachment': 'gateway attachment',
  'AWS::IAM::Policy': 'policy',
  'AWS::IoT::TopicRule': 'IoT rule',
  'AWS::IAM::Role': 'role',
  'AWS::Lambda::EventSourceMapping': 'event source mapping',
  'AWS::RDS::DBInstance': 'database instance',
  'AWS::RDS::DBCluster': 'database cluster',
  'AWS::RDS::DBProxy': 'database proxy',
  'AWS::RDS::DBProxyTargetGroup': 'proxy target group',
  'AWS::RDS::DBParameterGroup': 'parameter group',
  'AWS::RDS::DBClusterParameterGroup': 'cluster parameter group',
  'AWS::RDS::DBSubnetGroup': 'subnet group',
  'AWS::Route53::RecordSet': 'DNS record',
};
