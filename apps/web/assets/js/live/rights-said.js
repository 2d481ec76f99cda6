const roles = { viewer: "a viewer", editor: "an editor", owner: "an owner" };

/** What an activity means for what its reader may do, in a sentence; "" when it means nothing. */
export function saidOfRights({ verb, actor, person, after }) {
  if (verb === "board_archived") return `${actor.name} archived this board.`;
  if (verb === "board_restored") return `${actor.name} brought this board back.`;
  return verb === "member_role_changed" && person.id === document.body.dataset.person ? `${actor.name} made you ${roles[after.role]} of this board.` : "";
}
