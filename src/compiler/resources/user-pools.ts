import { address, type Address } from '../cloud/address.ts';
import { arn, attribute, ref, region, Select, Split, text, urlSuffix } from '../cloud/value.ts';
import type { Thing } from '../resolve/model.ts';
import { existing } from './existing.ts';
import type { Context, Meaning, Piece } from './meaning.ts';
import { clientAddress, clientParts, domainParts, groupParts, serverParts } from './user-pool-clients.ts';
import { providerParts } from './user-pool-providers.ts';
import { poolParts } from './user-pool-parts.ts';
import { clientsOf, verifyUserPool } from './user-pool-rules.ts';

type UserPool = Thing<'userPools'>;

const poolAddress = ({ name }: UserPool): Address<'AWS::Cognito::UserPool'> => address('AWS::Cognito::UserPool', { name, word: 'Pool' });

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

/** A Cognito user pool. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools.html */
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

  verify: verifyUserPool,

  expand(pool, context) {
    const id = poolId(pool, context);
    return [
      ...(pool.settings.existing ? [] : poolParts(pool, poolAddress(pool), context)),
      ...domainParts(pool, id, context),
      ...serverParts(pool, id),
      ...providerParts(pool, id, context),
      ...groupParts(pool, id, context),
      ...clientsOf(pool).flatMap((name) => clientParts(pool, name, id, context)),
    ];
  },
};
