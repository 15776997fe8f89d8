import { secretText } from './secret.ts';
import { type Reachable, variableOf } from './contract.ts';

/**
 * The name of a stream the function may write to or read, as the SDK wants it.
 * Throws where the function has no `access` to it.
 */
export function stream(name: string): string {
  return variable('stream', name, variableOf('stream', name), 'write');
}

/** The name of a table the function may use. Throws where it has no `access` to it. */
export function table(name: string): string {
  return variable('table', name, variableOf('table', name), 'read');
}

/** The address of a queue the function may send to. Throws where it has no `access` to it. */
export function queue(name: string): string {
  return variable('queue', name, variableOf('queue', name), 'send');
}

/** The ARN of a topic the function may publish to. Throws where it has no `access` to it. */
export function topic(name: string): string {
  return variable('topic', name, variableOf('topic', name), 'publish');
}

/** The name of a bucket the function may use. Throws where it has no `access` to it. */
export function bucket(name: string): string {
  return variable('bucket', name, variableOf('bucket', name), 'read');
}

/** The name of a bus the function may put events on. Throws where it has no `access` to it. */
export function bus(name: string): string {
  return variable('bus', name, variableOf('bus', name), 'put');
}

/** The ARN of a state machine the function may start. Throws where it has no `access` to it. */
export function machine(name: string): string {
  return variable('machine', name, variableOf('machine', name), 'start');
}

/** The path of a setting the function may read, as Parameter Store wants it. Throws where it has no `access` to it. */
export function setting(name: string): string {
  return variable('setting', name, variableOf('setting', name), 'read');
}

/** The text of a secret the function may read. Throws where it has no `access` to it, or Secrets Manager does not give it. */
export function secret(name: string): Promise<string> {
  return secretText(variable('secret', name, variableOf('secret', name), 'read'));
}

/** The name of a function this one may invoke. Throws where it has no `access` to it. */
export function fn(name: string): string {
  return variable('function', name, variableOf('function', name), 'invoke');
}

/** Where the connections of a WebSocket API are, as `ApiGatewayManagementApiClient` wants its `endpoint`. Throws where the function has no `access` to it. */
export function api(name: string): string {
  return variable('api', name, variableOf('api', name), 'send');
}

/** A variable the compiler writes for a grant; without the grant, an error that tells the line that makes it. */
export function variable(kind: Reachable, name: string, key: string, verb: string): string {
  const value = process.env[key];
  if (value) return value;
  throw new Error(`This function has no access to the ${kind} '${name}' (${key} is not set). Write: access: { ${name}: ${verb} }`);
}
