import { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } from '@smithy/core/config';
import type { Proxy } from '../../deploy/aws/tunnel.ts';
import type { Terminal } from '../terminal.ts';

/** The region that the environment or the profile names. */
export async function configuredRegion(): Promise<string | undefined> {
  try {
    return await loadConfig(NODE_REGION_CONFIG_OPTIONS, { ...NODE_REGION_CONFIG_FILE_OPTIONS })();
  } catch {
    return undefined;
  }
}

const SERVICES = ['cloudformation', 's3', 'sts'] as const;

/**
 * Servers that the environment or the profile has the SDK call instead of AWS, as the SDK looks for them.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export async function configuredEndpoints(): Promise<readonly string[]> {
  const off = await configured(
    (environment) => environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'],
    (profile) => profile['ignore_configured_endpoint_urls'],
  );
  if (off === 'true') return [];
  const found = await Promise.all(
    SERVICES.map((service) =>
      configured(
        (environment) => environment[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? environment['AWS_ENDPOINT_URL'],
        // The section of the services of a profile is a record of the file, under a name with a dot.
        (profile, file) => file?.[`services.${profile['services'] ?? ''}`]?.[`${service}.endpoint_url`] ?? profile['endpoint_url'],
      ),
    ),
  );
  return found.filter((one) => one !== undefined);
}

type Section = Readonly<Record<string, string | undefined>>;

async function configured(
  environment: (all: Section) => string | undefined,
  file: (profile: Section, all: Readonly<Record<string, Section>> | undefined) => string | undefined,
): Promise<string | undefined> {
  try {
    return await loadConfig<string | undefined>({
      environmentVariableSelector: environment,
      configFileSelector: file,
      default: undefined,
    })();
  } catch {
    return undefined;
  }
}

/** The proxy that every tool of this machine is told to take. */
export function proxyOf(environment: Terminal['environment']): Proxy | undefined {
  const url = environment['HTTPS_PROXY'] ?? environment['https_proxy'];
  if (url === undefined || url === '') return undefined;
  return { url: url.includes('://') ? url : `http://${url}`, except: environment['NO_PROXY'] ?? environment['no_proxy'] ?? '' };
}
