import { secret } from 'eventsystem/runtime';

export default async (): Promise<number> => (await secret('plain')).length;
