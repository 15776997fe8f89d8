import { address, type Address } from '../cloud/address.ts';
import { resource, type Acceptance, type Part } from '../cloud/part.ts';
import { account, attribute, region, stackName, text, type Value } from '../cloud/value.ts';
import type { Thing } from '../resolve/model.ts';
import { adopting } from './adoption.ts';
import { deletionProtected, keeping } from './keeping.ts';
import type { Context } from './meaning.ts';
import { tagMap } from './tags.ts';
import { lambdaConfig } from './user-pool-triggers.ts';

type UserPool = Thing<'userPools'>;
type Settings = UserPool['settings'];

const ATTRIBUTES = { email: 'email', phone: 'phone_number', 'preferred-username': 'preferred_username' } as const;

/** The pool itself, and the role it sends text messages with. */
export function poolParts(pool: UserPool, of: Address<'AWS::Cognito::UserPool'>, context: Context): readonly Part[] {
  const { path, place: because } = pool;
  const settings = settingsOf(pool, context);
  const tags = tagMap(settings.tags, context);
  const triggers = context.demandsOn(pool).map(({ need }) => need);
  return [
    resource(
      of,
      {
        ...(settings.physicalName !== undefined && { UserPoolName: settings.physicalName }),
        ...names(settings),
        ...signingIn(settings),
        ...messages(settings),
        ...sending(settings, context),
        ...(sendsTexts(settings) && {
          SmsConfiguration: { SnsCallerArn: attribute(smsRole(pool), 'Arn'), ExternalId: externalId(pool), SnsRegion: region },
        }),
        ...(settings.attributes && { Schema: schemaOf(settings.attributes) }),
        ...(settings.devices && {
          DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: settings.devices === 'asked' },
        }),
        UserPoolTier: settings.tier.toUpperCase(),
        ...(settings.tier === 'plus' && {
          UserPoolAddOns: { AdvancedSecurityMode: settings.threatProtection === 'audit' ? 'AUDIT' : 'ENFORCED' },
        }),
        ...(triggers.length > 0 && { LambdaConfig: lambdaConfig(triggers, context) }),
        DeletionProtection: deletionProtected(settings, context.model) ? 'ACTIVE' : 'INACTIVE',
        ...(Object.keys(tags).length > 0 && { UserPoolTags: tags }),
      },
      {
        because,
        path,
        ...adopting(settings, context, (found) => ({ UserPoolId: found.name })),
        ...keeping(settings, context.model),
        accepted: acceptances(settings),
      },
    ),
    ...(sendsTexts(settings) ? textMessages(pool) : []),
  ];
}

/**
 * A strict system asks everybody for a second factor, and watches out for stolen passwords. Who signs in without a
 * password has no second factor: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
 */
function settingsOf({ settings, written }: UserPool, { model }: Context): Settings {
  if (!model.strict) return settings;
  // A default that was filled in stands nowhere.
  const isWritten = (setting: string) => written.parts.get(setting)?.key !== undefined;
  const passwordless = settings.firstFactors?.some((factor) => factor !== 'password') ?? false;
  return {
    ...settings,
    ...(!isWritten('mfa') && !passwordless && { mfa: 'required' as const }),
    ...(!isWritten('tier') && { tier: 'plus' as const }),
  };
}

/** What people are called by, and how they come back. */
function names({ signIn, aliases, verify, recovery, caseSensitive, signUp, messages: said }: Settings): { readonly [name: string]: Value } {
  const addresses = signIn.filter((way) => way !== 'username').map((way) => ATTRIBUTES[way]);
  const proved = verify?.map((one) => ATTRIBUTES[one]) ?? [
    ...addresses,
    ...(aliases ?? []).filter((one) => one !== 'preferred-username').map((one) => ATTRIBUTES[one]),
  ];
  const ways = recovery?.map((way) => RECOVERY[way]) ?? [
    addresses.includes('phone_number') && !addresses.includes('email') ? RECOVERY.phone : RECOVERY.email,
  ];
  const invitation = said?.invitation;
  return {
    ...(addresses.length > 0 && { UsernameAttributes: addresses }),
    ...(aliases && { AliasAttributes: aliases.map((alias) => ATTRIBUTES[alias]) }),
    ...(proved.length > 0 && { AutoVerifiedAttributes: proved }),
    UsernameConfiguration: { CaseSensitive: caseSensitive ?? false },
    AccountRecoverySetting: { RecoveryMechanisms: ways.map((Name, index) => ({ Name, Priority: index + 1 })) },
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: signUp === 'invited',
      ...(invitation && {
        InviteMessageTemplate: {
          ...(invitation.subject !== undefined && { EmailSubject: invitation.subject }),
          ...(invitation.text !== undefined && { EmailMessage: invitation.text }),
          ...(invitation.sms !== undefined && { SMSMessage: invitation.sms }),
        },
      }),
    },
  };
}

const RECOVERY = { email: 'verified_email', phone: 'verified_phone_number', admin: 'admin_only' } as const;

/** Passwords and what comes beside them. */
function signingIn({ password, mfa, factors, firstFactors, passkeys }: Settings): { readonly [name: string]: Value } {
  return {
    Policies: {
      PasswordPolicy: {
        MinimumLength: password?.length ?? 12,
        RequireLowercase: password?.lowercase ?? true,
        RequireUppercase: password?.uppercase ?? true,
        RequireNumbers: password?.digits ?? true,
        RequireSymbols: password?.symbols ?? true,
        TemporaryPasswordValidityDays: Math.ceil((password?.temporary ?? 7 * 86_400) / 86_400),
        ...(password?.history !== undefined && { PasswordHistorySize: password.history }),
      },
      ...(firstFactors && { SignInPolicy: { AllowedFirstAuthFactors: firstFactors.map((factor) => FIRST_FACTORS[factor]) } }),
    },
    MfaConfiguration: MFA[mfa],
    ...(mfa !== 'off' && { EnabledMfas: factors.map((factor) => FACTORS[factor]) }),
    ...(passkeys?.domain !== undefined && { WebAuthnRelyingPartyID: passkeys.domain }),
    ...(passkeys?.userVerification && { WebAuthnUserVerification: passkeys.userVerification }),
  };
}

const MFA = { off: 'OFF', optional: 'OPTIONAL', required: 'ON' } as const;

const FACTORS = { app: 'SOFTWARE_TOKEN_MFA', sms: 'SMS_MFA', email: 'EMAIL_OTP' } as const;

const FIRST_FACTORS = { password: 'PASSWORD', email: 'EMAIL_OTP', sms: 'SMS_OTP', passkey: 'WEB_AUTHN' } as const;

/** What Cognito writes. */
function messages({ messages: said }: Settings): { readonly [name: string]: Value } {
  const of = said?.verification;
  const link = of?.by === 'link' ? 'ByLink' : '';
  return {
    ...(of && {
      VerificationMessageTemplate: {
        DefaultEmailOption: of.by === 'link' ? 'CONFIRM_WITH_LINK' : 'CONFIRM_WITH_CODE',
        ...(of.subject !== undefined && { [`EmailSubject${link}`]: of.subject }),
        ...(of.text !== undefined && { [`EmailMessage${link}`]: of.text }),
        ...(of.sms !== undefined && { SmsMessage: of.sms }),
      },
    }),
    ...(said?.mfa !== undefined && { SmsAuthenticationMessage: said.mfa }),
  };
}

/** From whom its e-mails are. Cognito sends by SES with a role of its own, linked to the service. */
function sending({ email }: Settings, context: Context): { readonly [name: string]: Value } {
  if (!email) return {};
  return {
    EmailConfiguration: {
      EmailSendingAccount: 'DEVELOPER',
      SourceArn: context.text(email.identity),
      ...(email.from !== undefined && { From: email.from }),
      ...(email.replyTo !== undefined && { ReplyToEmailAddress: email.replyTo }),
      ...(email.configurationSet !== undefined && { ConfigurationSet: email.configurationSet }),
    },
  };
}

const sendsTexts = ({ signIn, aliases, verify, recovery, mfa, factors, firstFactors }: Settings): boolean =>
  [signIn, aliases, verify, recovery].some((list) => list?.some((one) => one === 'phone')) ||
  (mfa !== 'off' && factors.includes('sms')) ||
  firstFactors?.includes('sms') === true;

const smsRole = ({ name }: UserPool) => address('AWS::IAM::Role', { name, word: 'Pool' }, 'SmsRole');

const externalId = ({ name }: UserPool) => text(stackName, '-', name);

/** Leave to send text messages. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-sms-settings.html */
function textMessages(pool: UserPool): readonly Part[] {
  const { path, place: because } = pool;
  const to = smsRole(pool);
  return [
    {
      part: 'role',
      address: to,
      service: 'cognito-idp.amazonaws.com',
      trust: { StringEquals: { 'aws:SourceAccount': account, 'sts:ExternalId': externalId(pool) } },
      because,
      path,
    },
    {
      part: 'grant',
      to,
      actions: ['sns:Publish'],
      on: ['*'],
      by: 'service',
      reason: 'Cognito sends text messages',
      accepted: [{ rule: 'AwsSolutions-IAM5', reason: 'A text message goes to a phone number, which is no resource.' }],
      because,
      path,
    },
  ];
}

const TYPES = { text: 'String', number: 'Number', boolean: 'Boolean', time: 'DateTime' } as const;

function schemaOf(attributes: NonNullable<Settings['attributes']>) {
  return Object.keys(attributes)
    .sort()
    .flatMap((name) => {
      const settings = attributes[name];
      if (!settings) return [];
      const { type, mutable, required, min, max } = settings;
      const limits = {
        ...(min !== undefined && { [type === 'number' ? 'MinValue' : 'MinLength']: String(min) }),
        ...(max !== undefined && { [type === 'number' ? 'MaxValue' : 'MaxLength']: String(max) }),
      };
      return [
        {
          Name: name,
          AttributeDataType: TYPES[type],
          Mutable: mutable,
          ...(required === true && { Required: true }),
          ...(Object.keys(limits).length > 0 && { [`${type === 'number' ? 'Number' : 'String'}AttributeConstraints`]: limits }),
        },
      ];
    });
}

/** The rules of cdk-nag that a pool breaks by the author’s choice. */
function acceptances(settings: Settings): readonly Acceptance[] {
  const { password, mfa, tier, threatProtection } = settings;
  const weak =
    (password?.length ?? 12) < 8 || [password?.lowercase, password?.uppercase, password?.digits, password?.symbols].includes(false);
  return [
    ...(weak ? [{ rule: 'AwsSolutions-COG1', reason: 'The file asks for this password policy.' }] : []),
    ...(mfa !== 'required'
      ? [{ rule: 'AwsSolutions-COG2', reason: 'A second factor is for whoever sets one up; the file can require it.' }]
      : []),
    ...(tier !== 'plus' || threatProtection === 'audit'
      ? [{ rule: 'AwsSolutions-COG8', reason: 'The Plus plan costs more for each person; the file can ask for it.' }]
      : []),
  ];
}
