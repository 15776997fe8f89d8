import { count, duration, flag, interpolatedText, object, or, required, text, word } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/cognito/latest/developerguide';

const of = (property: string) => `AWS::Cognito::UserPool ${property}`;

const withCode = (doc: string, aws: string, also: readonly string[]) =>
  text(doc, { pattern: '^[\\s\\S]*\\{####\\}[\\s\\S]*$', means: 'text with {####} for the code', aws: of(aws), also });

const subject = (doc: string, aws: string, also: readonly string[]) => text(doc, { max: 140, aws: of(aws), also });

export const messages = object(
  'The messages that Cognito sends to users. `{####}` stands for the code, `{username}` for the user name.',
  {
    verification: object(
      'To verify an address.',
      {
        by: or(
          word(
            'How an e-mail address is verified.',
            { code: 'With a code.', link: 'With a link; needs a `domain`.' },
            { aws: of('VerificationMessageTemplate.DefaultEmailOption'), also: ['DefaultEmailOption', 'emailStyle'] },
          ),
          'code',
        ),
        subject: subject('The subject of the e-mail.', 'VerificationMessageTemplate.EmailSubject', [
          'EmailVerificationSubject',
          'emailSubject',
        ]),
        text: text('The e-mail: with `{####}`, or for a link with `{##words to click##}`.', {
          pattern: '^[\\s\\S]*\\{##[^\\n]*##\\}[\\s\\S]*$',
          means: 'text with {####}, or with {##words to click##}',
          aws: of('VerificationMessageTemplate.EmailMessage'),
          also: ['EmailVerificationMessage', 'EmailMessage', 'EmailMessageByLink', 'emailBody'],
        }),
        sms: withCode('The text message.', 'VerificationMessageTemplate.SmsMessage', [
          'SmsVerificationMessage',
          'SmsMessage',
          'smsMessage',
        ]),
      },
      { empty: true, aws: of('VerificationMessageTemplate'), also: ['userVerification'] },
    ),
    invitation: object(
      'To a user created by an administrator: with `{username}` and `{####}`, the first password.',
      {
        subject: subject('The subject of the e-mail.', 'AdminCreateUserConfig.InviteMessageTemplate.EmailSubject', ['EmailSubject']),
        text: withCode('The e-mail.', 'AdminCreateUserConfig.InviteMessageTemplate.EmailMessage', ['EmailMessage']),
        sms: withCode('The text message.', 'AdminCreateUserConfig.InviteMessageTemplate.SMSMessage', ['SMSMessage']),
      },
      { empty: true, aws: of('AdminCreateUserConfig.InviteMessageTemplate'), also: ['InviteMessageTemplate', 'userInvitation'] },
    ),
    mfa: withCode('The MFA text message.', 'SmsAuthenticationMessage', ['SmsAuthenticationMessage', 'mfaMessage']),
  },
  { empty: true, page: `${PAGE}/cognito-user-pool-settings-message-customizations.html` },
);

export const email = object(
  'Sends e-mails from your own address through SES. Without it Cognito sends up to 50 a day from its own.',
  {
    identity: required(
      interpolatedText('The ARN of the verified identity in SES.', {
        pattern: '^(arn:|.*\\$\\().+',
        means: 'the ARN of an identity',
        aws: of('EmailConfiguration.SourceArn'),
        also: ['SourceArn'],
      }),
    ),
    from: text('The sender: `Shop <hello@shop.example>`.', { aws: of('EmailConfiguration.From'), also: ['From', 'fromEmail'] }),
    replyTo: text('The reply-to address.', { aws: of('EmailConfiguration.ReplyToEmailAddress'), also: ['ReplyToEmailAddress'] }),
    configurationSet: text('An SES configuration set.', { aws: of('EmailConfiguration.ConfigurationSet'), also: ['ConfigurationSet'] }),
  },
  { short: { text: 'identity' }, aws: of('EmailConfiguration'), page: `${PAGE}/user-pool-email.html`, also: ['EmailConfiguration'] },
);

export const password = object(
  'The password policy.',
  {
    length: or(count('The minimum length.', { from: 6, to: 99, also: ['MinimumLength', 'minLength'] }), 12),
    lowercase: or(flag('A lowercase letter.', { also: ['RequireLowercase'] }), true),
    uppercase: or(flag('An uppercase letter.', { also: ['RequireUppercase'] }), true),
    digits: or(flag('A digit.', { also: ['RequireNumbers', 'requireDigits'] }), true),
    symbols: or(flag('A symbol.', { also: ['RequireSymbols'] }), true),
    temporary: or(
      duration('How long a first password from an administrator is valid, in days.', {
        from: 86_400,
        to: 365 * 86_400,
        examples: ['7 days'],
        also: ['TemporaryPasswordValidityDays', 'tempPasswordValidity'],
      }),
      7 * 86_400,
    ),
    history: count('How many old passwords cannot be reused. Not in the Lite plan.', { from: 0, to: 24, also: ['PasswordHistorySize'] }),
  },
  { empty: true, aws: of('Policies.PasswordPolicy'), also: ['PasswordPolicy', 'passwordPolicy', 'Policies'] },
);
