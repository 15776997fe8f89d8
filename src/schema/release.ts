import { flag, interpolatedText, list, Misread, nameOf, object, or, reading, required } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html';

/** How calls go over from one version of a function to the next. */
export type Shift =
  | { readonly way: 'all-at-once' }
  /** So many percent first, and the rest after so many minutes. */
  | { readonly way: 'canary'; readonly percent: number; readonly minutes: number }
  /** So many percent more every so many minutes. */
  | { readonly way: 'linear'; readonly percent: number; readonly minutes: number };

const shift = reading<Shift>('How traffic shifts to a new version.', {
  pattern: '^(all-at-once|canary [1-9][0-9]?% for [0-9]{1,4} minutes?|linear [1-9][0-9]?% every [0-9]{1,4} minutes?)$',
  means: 'all-at-once, canary 10% for 5 minutes or linear 10% every 1 minute',
  examples: ['canary 10% for 5 minutes', 'linear 10% every 1 minute', 'all-at-once'],
  read: (written) => {
    const [way = '', percent = '', , minutes = ''] = written.split(' ');
    if (way === 'all-at-once') return { way };
    const over = Number(minutes);
    // https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html: traffic is shifted within two days.
    if (over < 1 || over > 2880) return new Misread('Traffic is shifted within two days: 1 to 2880 minutes.');
    return { way: way as 'canary' | 'linear', percent: Number.parseInt(percent, 10), minutes: over };
  },
});

/** A function that is released: callers reach it by an alias, which CodeDeploy leads from version to version. */
export const release = object(
  'Gradual releases: callers use the alias `live`, and traffic shifts to a new version step by step. A failing release is rolled back.',
  {
    shift: required(shift),
    errorAlarm: or(flag('An alarm on failed invocations rolls the release back.'), true),
    alarms: list(
      'More alarms that roll it back, by name.',
      interpolatedText('The name of an alarm.', { pattern: '^.{1,255}$', means: 'the name of an alarm' }),
      { single: true, max: 9, aws: 'AWS::CodeDeploy::DeploymentGroup AlarmConfiguration.Alarms', also: ['Alarms'] },
    ),
    before: nameOf(
      'A function that checks the release before traffic shifts. It reports the result to CodeDeploy.',
      ['functions', 'consumers'],
      {
        aws: 'AWS::Lambda::Alias UpdatePolicy.CodeDeployLambdaAliasUpdate.BeforeAllowTrafficHook',
        also: ['PreTraffic', 'preHook', 'BeforeAllowTrafficHook'],
      },
    ),
    after: nameOf('A function that checks the release after all traffic has shifted.', ['functions', 'consumers'], {
      aws: 'AWS::Lambda::Alias UpdatePolicy.CodeDeployLambdaAliasUpdate.AfterAllowTrafficHook',
      also: ['PostTraffic', 'postHook', 'AfterAllowTrafficHook'],
    }),
  },
  {
    short: { text: 'shift' },
    aws: 'AWS::CodeDeploy::DeploymentGroup',
    page: PAGE,
    also: ['DeploymentPreference', 'AutoPublishAlias', 'deploymentSettings', 'alias', 'canary'],
  },
);
