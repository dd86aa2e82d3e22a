// Who may use these pages. They are made and changed with `noshare account`.
import { ask } from "../questions";
import type { AccountLine } from "../types";
import { Badge, Time, useAnswer, Waiting } from "../ui";

export function AccountsPage() {
  const { answer, fault } = useAnswer<{ accounts: AccountLine[] }>(ask.accounts());
  return (
    <>
      <div class="page-head"><h1>Accounts</h1></div>
      <p class="quiet">Accounts are made and changed on the mail host with <code>noshare account</code>.</p>
      {!answer ? <Waiting fault={fault} /> : (
        <div class="table-frame" role="region" tabIndex={0} aria-label="Accounts">
          <table>
            <caption class="hidden">Accounts</caption>
            <thead>
              <tr><th scope="col">Name</th><th scope="col">Role</th><th scope="col">Second factor</th>
                <th scope="col">Vault key</th><th scope="col">Daily letter</th><th scope="col">Since</th><th scope="col">State</th></tr>
            </thead>
            <tbody>
              {answer.accounts.map((one) => (
                <tr key={one.name}>
                  <td>{one.name}</td><td>{one.role}{one.senders && <span class="quiet"> {one.senders}</span>}</td>
                  <td>{one.second_factor ? "yes" : "no"}</td><td>{one.has_key ? "yes" : "no"}</td><td class="address">{one.email || "no"}</td>
                  <td class="time"><Time at={one.created} /></td>
                  <td><Badge kind={one.disabled ? "denied" : "released"}>{one.disabled ? "disabled" : "active"}</Badge></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
