import { setting } from 'eventsystem/runtime';

export default async (): Promise<string> => setting('key');
