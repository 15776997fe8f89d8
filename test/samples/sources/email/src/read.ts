import type { SESEvent } from 'aws-lambda';

export default async ({ Records }: SESEvent): Promise<void> => {
  for (const { ses } of Records) console.log(`${ses.mail.commonHeaders.from?.join(', ') ?? 'nobody'}: ${ses.mail.commonHeaders.subject ?? ''}`);
};
