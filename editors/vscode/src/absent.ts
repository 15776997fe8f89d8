import { commands, window } from 'vscode';
import { waitsForTrust, type Setting } from './find.ts';

/** Says that there is no server, and offers what would help. */
export async function sayAbsent(setting: Setting): Promise<void> {
  if (waitsForTrust(setting)) {
    const trust = 'Manage Workspace Trust';
    const message =
      'This workspace is not trusted, so its eventsystem is not started. Until then, eventsystem.yml only has syntax highlighting.';
    if ((await window.showInformationMessage(message, trust)) === trust) await commands.executeCommand('workbench.trust.manage');
    return;
  }
  if (setting.path) {
    const open = 'Open Settings';
    const message = `The setting eventsystem.server.path names ${setting.path}, which does not exist.`;
    if ((await window.showWarningMessage(message, open)) === open)
      await commands.executeCommand('workbench.action.openSettings', 'eventsystem.server.path');
    return;
  }
  const install = 'Install in Terminal';
  const message = 'eventsystem is not installed in this project. Install it for completion, findings and fixes.';
  if ((await window.showInformationMessage(message, install)) !== install) return;
  const [folder] = setting.folders;
  const terminal = window.createTerminal({ name: 'eventsystem', ...(folder !== undefined && { cwd: folder }) });
  terminal.show();
  // Typed in, not run: it is for the author to press Enter.
  terminal.sendText('npm install --save-dev eventsystem', false);
}
