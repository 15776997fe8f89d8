import type { SESEvent } from 'aws-lambda';

export default async ({ Records }: SESEvent): Promise<{ disposition: 'CONTINUE' | 'STOP_RULE_SET' }> => {
  const spam = Records.some(({ ses }) => ses.receipt.spamVerdict.status === 'FAIL');
  return { disposition: spam ? 'STOP_RULE_SET' : 'CONTINUE' };
};
