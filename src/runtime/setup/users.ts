/** A user the set-up makes: what it may do, and how it proves itself. */
export interface User {
  readonly name: string;
  readonly access: 'write' | 'read' | 'login';
  /** The password, for a user that has one; without it the user proves itself with a token of IAM. */
  readonly password: string | undefined;
}

/** One statement of SQL. */
export type Run = (sql: string) => Promise<void>;

/** Names are small letters, digits and underscores by the language’s own rules; anything else is refused here again. */
export function checkedName(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name))
    throw new Error('The name of a user or a database has other signs than small letters, digits and underscores.');
  return name;
}

/** Passwords are letters and digits, as the template has them made. A password of another kind is refused, not escaped. */
export function checkedPassword(password: string): string {
  if (!/^[A-Za-z0-9]{16,128}$/.test(password)) throw new Error('The password in the secret is not 16 to 128 letters and digits.');
  return password;
}

/** The same users, when every name and every password is of the form above: nothing is begun for a list that is not. */
export function checkedUsers(users: readonly User[]): readonly User[] {
  return users.map(({ name, access, password }) => ({
    name: checkedName(name),
    access,
    password: password === undefined ? undefined : checkedPassword(password),
  }));
}
