/**
 * How a call to AWS leaves a VPC, by the prefix of its IAM action: through a gateway endpoint, through an interface
 * endpoint of some name, or not at all, because it is no call to AWS.
 *
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html, as of November 2026
 */
export type Road = { readonly gateway: 's3' | 'dynamodb' } | { readonly service: string } | 'none' | 'unknown';

export function roadFor(action: string): Road {
  const [prefix = ''] = action.split(':');
  const byAction = Object.hasOwn(actions, action) ? actions[action] : undefined;
  const named = byAction ?? (Object.hasOwn(prefixes, prefix) ? prefixes[prefix] : undefined);
  if (named === 's3' || named === 'dynamodb') return { gateway: named };
  if (named === '') return 'none';
  if (named !== undefined) return { service: named };
  return sameName.has(prefix) ? { service: prefix } : 'unknown';
}

/** Gateway endpoints are free and written into route tables; every other service has an interface endpoint. */
export function isGateway(service: string): service is 's3' | 'dynamodb' {
  return service === 's3' || service === 'dynamodb';
}

/**
 * Services whose ordinary name cannot lead to an endpoint and whose endpoint takes no policy. Such an endpoint is made
 * where the file lists it, for an author who has DNS records of their own; by itself it would be no road.
 * https://docs.aws.amazon.com/iot/latest/developerguide/IoTCore-VPC.html
 */
export function standsAlone(service: string): boolean {
  return service === 'iot.data' || service === 'iot.credentials';
}

/** Prefixes of IAM actions whose service has another name in PrivateLink; nothing where the connection is no call to AWS. */
const prefixes: Readonly<Record<string, string>> = {
  appsync: 'appsync-api',
  bedrock: 'bedrock-runtime',
  cloudwatch: 'monitoring',
  codeartifact: 'codeartifact.api',
  dynamodb: 'dynamodb',
  ecr: 'ecr.api',
  firehose: 'kinesis-firehose',
  geo: 'geo.maps',
  iot: 'iot.data',
  kinesis: 'kinesis-streams',
  // A token is signed by the function itself; the connection stays in the VPC.
  'rds-db': '',
  s3: 's3',
  sagemaker: 'sagemaker.api',
  ses: 'email',
};

/** Actions of services that have more than one endpoint. */
const actions: Readonly<Record<string, string>> = {
  'bedrock:InvokeAgent': 'bedrock-agent-runtime',
  'bedrock:Retrieve': 'bedrock-agent-runtime',
  'bedrock:RetrieveAndGenerate': 'bedrock-agent-runtime',
  'sagemaker:InvokeEndpoint': 'sagemaker.runtime',
  'sagemaker:InvokeEndpointAsync': 'sagemaker.runtime',
};

/** Services whose prefix is their name in PrivateLink. */
const sameName: ReadonlySet<string> = new Set(
  (
    'access-analyzer account acm-pca acm app-integrations appconfig application-autoscaling application-signals applicationinsights appmesh ' +
    'apprunner apptest aps athena auditmanager autoscaling-plans autoscaling awsconnector b2bi backup-gateway backup batch bcm-data-exports ' +
    'bcm-pricing-calculator bedrock-agentcore bedrock billing billingconductor braket cases cassandra ce cleanrooms-ml cleanrooms clouddirectory ' +
    'cloudformation cloudtrail codebuild codecatalyst codecommit codedeploy-commands-secure codedeploy codeguru-profiler codeguru-reviewer ' +
    'codepipeline codewhisperer cognito-identity cognito-idp comprehend comprehendmedical compute-optimizer config connect-campaigns ' +
    'controlcatalog cost-optimization-hub databrew dataexchange datasync datazone devops-guru discovery dms drs ds-data ds dsql ebs ec2 ' +
    'ec2messages ecs eks-auth eks elasticache elasticbeanstalk elasticfilesystem elasticloadbalancing elasticmapreduce emr-containers ' +
    'emr-serverless entityresolution events evidently execute-api finspace-api finspace fis forecast frauddetector freetier fsx glue grafana ' +
    'greengrass groundstation guardduty healthlake iam identitystore imagebuilder inspector-scan inspector2 internetmonitor invoicing ' +
    'iotfleetwise kafka kafkaconnect kendra-ranking kendra kms lakeformation lambda launchwizard license-manager-linux-subscriptions ' +
    'license-manager-user-subscriptions license-manager logs lookoutequipment lookoutmetrics lookoutvision m2 macie2 managedblockchain-query ' +
    'mediaconnect medical-imaging mgn migrationhub-orchestrator migrationhub-strategy mq neptune-graph network-firewall networkflowmonitor ' +
    'networkmonitor nimble observabilityadmin organizations outposts panorama pca-connector-ad pca-connector-scep pcs personalize pi pipes polly ' +
    'private-networks profile proton q qapps qbusiness ram rbin rds-data rds redshift-data redshift-serverless redshift refactor-spaces ' +
    'rekognition repostspace resource-groups robomaker rolesanywhere rum s3-outposts s3tables s3vectors sagemaker-data-science-assistant ' +
    'sagemaker-geospatial savingsplans schemas scn secretsmanager securityhub securitylake serverlessrepo servicecatalog servicediscovery shield ' +
    'signin simspaceweaver sms snow-device-management sns social-messaging sqs ssm-contacts ssm-incidents ssm-quicksetup ssm ssmmessages states ' +
    'storagegateway sts swf synthetics tax textract timestream-influxdb tnb transcribe transfer translate trustedadvisor verifiedpermissions ' +
    'voiceid vpc-lattice wafv2 wellarchitected wisdom workmail workspaces-web workspaces xray'
  ).split(' '),
);
