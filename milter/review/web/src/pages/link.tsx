// A link of a daily letter: to its case, with the decision it proposes.
import { useEffect } from "preact/hooks";
import { go } from "../routes";
import { useAnswer, Waiting } from "../ui";

interface Target {
  case: string;
  act: "open" | "release" | "deny";
}

export function LinkPage({ token }: { token: string }) {
  const { answer, fault } = useAnswer<Target>(`/api/links/${token}`);
  useEffect(() => {
    if (answer) go(`/incidents/${answer.case}${answer.act === "open" ? "" : `#${answer.act}`}`, true);
  }, [answer]);
  return <Waiting fault={fault} />;
}
