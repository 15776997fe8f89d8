import { table } from 'eventsystem/runtime';

export default async () => table('visits');
