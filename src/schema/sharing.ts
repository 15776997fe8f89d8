import { flag, text } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html';

/** Between systems: what one shows, and another finds. */
export const sharing = {
  share: flag('Lets other systems of the account find it: its ARN is in Parameter Store, under /eventsystem/SYSTEM/STAGE/KIND/NAME.', {
    aws: 'AWS::SSM::Parameter',
    page: PAGE,
    also: ['Export', 'exports', 'publish'],
  }),
  system: text('It belongs to that system, which shares it under the same name. It is looked up at every deployment.', {
    pattern: '^(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$',
    means: 'the name of a system',
    examples: ['shop'],
    page: PAGE,
    also: ['ImportValue', 'Fn::ImportValue', 'fromStack'],
  }),
} as const;
