interface SkillRequest {
  readonly request: { readonly type: string; readonly intent?: { readonly name: string; readonly slots?: Readonly<Record<string, { readonly value?: string }>> } };
}

interface SkillResponse {
  readonly version: '1.0';
  readonly response: { readonly outputSpeech: { readonly type: 'PlainText'; readonly text: string }; readonly shouldEndSession: boolean };
}

export const handler = async ({ request }: SkillRequest): Promise<SkillResponse> => {
  const dish = request.intent?.slots?.['dish']?.value;
  const text = dish === undefined ? 'What do you eat with it?' : `A Riesling goes well with ${dish}.`;
  return { version: '1.0', response: { outputSpeech: { type: 'PlainText', text }, shouldEndSession: dish !== undefined } };
};
