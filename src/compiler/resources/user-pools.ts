import { STANDARD_ATTRIBUTES } from '../../schema/user-pools.ts';
import { address, type Address } from '../cloud/address.ts';
import { resource, type Acceptance, type Part } from '../cloud/part.ts';
import { arn, attribute, ref, region, Select, Split, text, urlSuffix } from '../cloud/value.ts';
import { problems } from '../diagnostics/problem.ts';
import type { Thing } from '../resolve/model.ts';
import { existing } from './existing.ts';
import { deletionProtected, keeping } from './keeping.ts';
import type { Context, Meaning, Piece } from './meaning.ts';
import { existingProblems } from './existing-settings.ts';
import { tagMap } from './tags.ts';
import { lambdaConfig } from './user-pool-triggers.ts';

type UserPool = Thing<'userPools'>;

export const userPoolProblems = problems({
  'required-custom-attribute': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is an attribute of your own, which cannot be required.`,
    why: 'Cognito can only require the attributes of the OpenID Connect standard at sign-up.',
    page: 'https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html',
  },
  'sign-in-mixed': {
    severity: 'error',
    message: () => 'With `username`, people choose a name; `email` and `phone` instead of it cannot stand beside it.',
    why: 'Cognito takes the address itself as the name, or a name that is chosen. The choice cannot change later.',
    page: 'https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html',
  },
  'client-without-domain': {
    severity: 'error',
    message: ({ name }: { name: string }) =>
      `\`${name}\` has \`callbacks\`, and the pool has no \`domain\` with the pages that lead back to them.`,
    why: 'Addresses to return to are for Cognito’s hosted pages, which stand at the pool’s domain.',
  },
  'no-such-client': {
    severity: 'error',
    message: ({ name, known }: { name: string; known: readonly string[] }) =>
      `The user pool has no client \`${name}\`; it has ${known.map((one) => `\`${one}\``).join(', ')}.`,
    why: '`$(POOL.clients.NAME.id)` refers to a client by its name in `clients`; without any, one named `app` is made.',
  },
});

const poolAddress = ({ name }: UserPool): Address<'AWS::Cognito::UserPool'> => address('AWS::Cognito::UserPool', { name, word: 'Pool' });

const clientAddress = ({ name }: UserPool, client: string): Address<'AWS::Cognito::UserPoolClient'> =>
  address('AWS::Cognito::UserPoolClient', [
    { name, word: 'Pool' },
    { name: client, word: 'Client' },
  ]);

function poolArn(pool: UserPool, context: Context): Piece {
  const found = existing(pool.settings.existing, context);
  if (!found) return attribute(poolAddress(pool), 'Arn');
  return found.arn ?? arn('cognito-idp', text('userpool/', found.name));
}

function poolId(pool: UserPool, context: Context): Piece {
  const { existing: said } = pool.settings;
  if (!said) return ref(poolAddress(pool));
  return said.segments.length === 1 && typeof said.segments[0] !== 'string'
    ? new Select(1, new Split('/', context.text(said)))
    : (existing(said, context)?.name ?? '');
}

const clientsOf = ({ settings }: UserPool): readonly string[] => Object.keys(settings.clients ?? { app: {} }).sort();

export const userPools: Meaning<'userPools'> = {
  service: 'cognito-idp',
  arn: poolArn,
  attributes: {
    '': poolId,
    id: poolId,
    arn: poolArn,
    issuer: (pool, context) => text('https://cognito-idp.', region, '.', urlSuffix, '/', poolId(pool, context)),
    'clients.*.id': (pool, _, client) => ref(clientAddress(pool, client)),
  },

  verify(pool, context, report) {
    const { settings, written, name } = pool;
    if (settings.existing) {
      for (const [setting, part] of written.entries) {
        if (!['existing', 'clients'].includes(setting) && part.key)
          report(existingProblems['settings-of-existing'], part.key, { setting, name });
      }
    }
    if (settings.signIn.includes('username') && settings.signIn.length > 1)
      report(userPoolProblems['sign-in-mixed'], written.at('signIn').place, {});
    const attributes = written.at('attributes');
    for (const [attributeName, { required }] of Object.entries(settings.attributes ?? {})) {
      const at = attributes.parts.get(attributeName)?.parts.get('required');
      if (required === true && !STANDARD_ATTRIBUTES.includes(attributeName) && at)
        report(userPoolProblems['required-custom-attribute'], at.place, { name: attributeName });
    }
    for (const [client, { callbacks }] of Object.entries(settings.clients ?? {})) {
      const at = written.at('clients').parts.get(client)?.parts.get('callbacks');
      if (callbacks && settings.domain === undefined && !settings.existing && at)
        report(userPoolProblems['client-without-domain'], at.key ?? at.place, { name: client });
    }
    const known = clientsOf(pool);
    for (const { reference } of context.model.references) {
      if (reference.to !== 'thing' || reference.thing !== pool || reference.part === undefined || known.includes(reference.part)) continue;
      report(userPoolProblems['no-such-client'], reference.place, { name: reference.part, known });
    }
  },

  expand(pool, context) {
    const { settings, path, place: because } = pool;
    return [
      ...(settings.existing ? [] : [userPool(pool, context)]),
      ...(settings.domain !== undefined
        ? [
            resource(
              address('AWS::Cognito::UserPoolDomain', { name: pool.name, word: 'Pool' }, 'Domain'),
              { Domain: settings.domain, UserPoolId: poolId(pool, context) },
              { because, path: `${path}.domain` },
            ),
          ]
        : []),
      ...clientsOf(pool).map((name) => client(pool, name, context)),
    ];
  },
};

function userPool(pool: UserPool, context: Context): Part {
  const { settings, path, place: because } = pool;
  const aliases = settings.signIn.filter((way) => way !== 'username').map((way) => (way === 'phone' ? 'phone_number' : 'email'));
  const { password } = settings;
  const tags = tagMap(settings.tags, context);
  const triggers = context.demandsOn(pool).map(({ need }) => need);
  return resource(
    poolAddress(pool),
    {
      ...(aliases.length > 0 && { UsernameAttributes: aliases, AutoVerifiedAttributes: aliases }),
      UsernameConfiguration: { CaseSensitive: false },
      AccountRecoverySetting: {
        RecoveryMechanisms: [
          aliases.includes('phone_number') && !aliases.includes('email')
            ? { Name: 'verified_phone_number', Priority: 1 }
            : { Name: 'verified_email', Priority: 1 },
        ],
      },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: settings.signUp === 'invited' },
      Policies: {
        PasswordPolicy: {
          MinimumLength: password?.length ?? 12,
          RequireLowercase: password?.lowercase ?? true,
          RequireUppercase: password?.uppercase ?? true,
          RequireNumbers: password?.digits ?? true,
          RequireSymbols: password?.symbols ?? true,
          TemporaryPasswordValidityDays: 7,
        },
      },
      MfaConfiguration: MFA[settings.mfa],
      ...(settings.mfa !== 'off' && { EnabledMfas: ['SOFTWARE_TOKEN_MFA'] }),
      ...(settings.attributes && { Schema: schemaOf(settings.attributes) }),
      UserPoolTier: settings.tier.toUpperCase(),
      ...(settings.tier === 'plus' && { UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } }),
      ...(triggers.length > 0 && { LambdaConfig: lambdaConfig(triggers, context) }),
      DeletionProtection: deletionProtected(settings, context.model) ? 'ACTIVE' : 'INACTIVE',
      ...(Object.keys(tags).length > 0 && { UserPoolTags: tags }),
    },
    { because, path, ...keeping(settings, context.model), accepted: acceptances(pool) },
  );
}

const MFA = { off: 'OFF', optional: 'OPTIONAL', required: 'ON' } as const;

const TYPES = { text: 'String', number: 'Number', boolean: 'Boolean', time: 'DateTime' } as const;

function schemaOf(attributes: NonNullable<UserPool['settings']['attributes']>) {
  return Object.keys(attributes)
    .sort()
    .flatMap((name) => {
      const settings = attributes[name];
      if (!settings) return [];
      return [
        {
          Name: name,
          AttributeDataType: TYPES[settings.type],
          Mutable: settings.mutable,
          ...(settings.required === true && { Required: true }),
        },
      ];
    });
}

/** The rules of cdk-nag that a pool breaks by the author’s choice. */
function acceptances({ settings }: UserPool): readonly Acceptance[] {
  const { password, mfa, tier } = settings;
  const weak =
    (password?.length ?? 12) < 8 || [password?.lowercase, password?.uppercase, password?.digits, password?.symbols].includes(false);
  return [
    ...(weak ? [{ rule: 'AwsSolutions-COG1', reason: 'The file asks for this password policy.' }] : []),
    ...(mfa !== 'required'
      ? [{ rule: 'AwsSolutions-COG2', reason: 'A second factor is for whoever sets one up; the file can require it.' }]
      : []),
    ...(tier !== 'plus'
      ? [{ rule: 'AwsSolutions-COG8', reason: 'The Plus plan costs more for each person; the file can ask for it.' }]
      : []),
  ];
}

function client(pool: UserPool, name: string, context: Context): Part {
  const { settings, path, place } = pool;
  const said = settings.clients?.[name];
  const because = pool.written.at('clients').parts.get(name)?.key ?? place;
  const seconds = 'seconds';
  return resource(
    clientAddress(pool, name),
    {
      UserPoolId: poolId(pool, context),
      GenerateSecret: said?.secret ?? false,
      // The password itself never travels: it is proved by the secure remote password protocol.
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      SupportedIdentityProviders: ['COGNITO'],
      ...(said?.callbacks && {
        CallbackURLs: said.callbacks,
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ['code'],
        AllowedOAuthScopes: said.scopes ?? ['openid', 'email', 'profile'],
      }),
      ...(said?.logouts && { LogoutURLs: said.logouts }),
      ...((said?.idToken ?? said?.accessToken ?? said?.refreshToken) !== undefined && {
        ...(said?.idToken !== undefined && { IdTokenValidity: said.idToken }),
        ...(said?.accessToken !== undefined && { AccessTokenValidity: said.accessToken }),
        ...(said?.refreshToken !== undefined && { RefreshTokenValidity: said.refreshToken }),
        TokenValidityUnits: { IdToken: seconds, AccessToken: seconds, ...(said?.refreshToken !== undefined && { RefreshToken: seconds }) },
      }),
    },
    { because, path: settings.clients ? `${path}.clients.${name}` : path },
  );
}
