import {
  GetRandomPasswordCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import type { SecretsManagerRotationEvent } from 'aws-lambda';

const secrets = new SecretsManagerClient({});

/** One step of a rotation. */
export default async ({ Step, SecretId, ClientRequestToken }: SecretsManagerRotationEvent): Promise<void> => {
  if (Step === 'createSecret') {
    const { RandomPassword: SecretString } = await secrets.send(new GetRandomPasswordCommand({ PasswordLength: 32 }));
    await secrets.send(new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString, VersionStages: ['AWSPENDING'] }));
  }
  if (Step === 'finishSecret')
    await secrets.send(new UpdateSecretVersionStageCommand({ SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId: ClientRequestToken }));
};
