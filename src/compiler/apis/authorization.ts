import type { Model, Thing } from '../resolve/model.ts';
import type { Route } from './routes.ts';

export type Authorizer = Thing<'authorizers'>;

/** Who may call a route: nobody said, everybody, whoever IAM admits, or whom an authorizer admits. */
export type Lock = 'unsaid' | 'none' | 'iam' | { readonly unknown: string } | { readonly by: Authorizer };

export function lockOf({ settings, api }: Route, model: Model): Lock {
  const said = settings.authorizer ?? api.settings.authorizer;
  if (said === undefined) return 'unsaid';
  if (said === 'none' || said === 'iam') return said;
  const by = model.all('authorizers').find(({ name }) => name === said);
  return by ? { by } : { unknown: said };
}

/** Scopes of which an access token must have one: the route’s, else the authorizer’s. */
export function scopesOf({ settings }: Route, { settings: lock }: Authorizer): readonly string[] {
  return settings.scopes ?? (lock.kind === 'userPool' || lock.kind === 'jwt' ? (lock.scopes ?? []) : []);
}

/** Whether a caller must send a key of a plan. */
export function needsKey({ settings, api }: Route): boolean {
  return settings.apiKey ?? api.settings.apiKey ?? false;
}
