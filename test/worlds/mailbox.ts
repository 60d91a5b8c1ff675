import { send } from "../support/mail/mailer.ts";

/** HTML that tries to run code, load from elsewhere and leave the page. */
const HOSTILE = `<p>Harmless</p><script>alert(1)</script><img src="https://tracker.example/p.png" onerror="alert(2)">
  <meta http-equiv="refresh" content="0;url=https://evil.example/"><iframe src="https://evil.example/frame"></iframe>
  <form action="https://evil.example/form"><button>Win</button></form><style>@import "https://evil.example/a.css"</style>
  <a href="https://evil.example/link" target="_top">Link</a>`;

/** Sends a weekly email with an attachment, and a hostile email, to a mail server on loopback. */
export async function sendMailboxMails(port: number): Promise<void> {
  await send(port, {
    html: '<p style="color:#0f5c4a">Hallo Ada,</p><ul><li>12 Liegestütze</li></ul>',
    text: "Hallo Ada,\n\n  - 12 Liegestütze",
    list: { unsubscribe: "https://taktwerk.example/api/events/emails/unsubscribe?token=a.b" },
    attachments: [{ filename: "termin.ics", content: "BEGIN:VCALENDAR", contentType: "text/calendar" }],
  });
  await send(port, {
    to: { name: "<script>alert(3)</script>", address: "eve@club.example" },
    subject: "<script>alert(4)</script>",
    html: HOSTILE,
  });
}
