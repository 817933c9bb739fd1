//! One action of a person: the operations it is made of, written together in one frame or not at all.

use std::collections::HashMap;
use std::sync::Arc;

use crate::clock::Now;
use crate::domain::{
    Birth, Body, Kept, Name, Operation, Prevs, RETRACT, Record, Retract, Sort, Step, Value, Word, Writer, value_of,
};
use crate::log::bytes;
use crate::text::{Trouble, t};
use crate::view::View;

use crate::app::Pen;

/// Collects the operations of one action. Nothing is written until the keeper commits it.
pub struct Action<'a> {
    view: &'a dyn View,
    pen: &'a mut Pen,
    now: Now,
    actor: String,
    operations: Vec<Arc<Kept>>,
    /// What the action itself wrote last in each register.
    last: HashMap<(Name, Word), Name>,
    before: Vec<Before>,
}

/// What stands in the place of a register's key where an action wrote an event, such as a step of an issue. No register is
/// called so.
pub const EVENT: &str = "event";
/// What stands in the place of a register's key where an action changed what is said of this laptop's clock here alone. It is in no
/// record; what was said before is the value.
pub const HERE: &str = "here";

/// What stood in a register before the action, so that the action can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// The operation that changed it.
    pub by: Name,
    /// Whose register.
    pub entity: Name,
    /// Which register; empty when the operation created the entity, [`EVENT`] when it is an event of it.
    pub key: String,
    /// What people had written there; None where nobody had, or the writing was taken back.
    pub value: Option<Value>,
    /// What stood there: several where people did not agree.
    pub heads: Vec<Arc<Kept>>,
    /// What stood before and stands again by this.
    pub again: Option<Name>,
}

impl<'a> Action<'a> {
    /// Starts an action of a person.
    pub fn new(view: &'a dyn View, pen: &'a mut Pen, now: Now, actor: String) -> Self {
        Self { view, pen, now, actor, operations: Vec::new(), last: HashMap::new(), before: Vec::new() }
    }

    /// Introduces the writer, if nothing was written with this pen yet. `after` names the last words of the laptop before that.
    pub fn introduce(&mut self, writer: Writer, after: Prevs) -> Result<(), Trouble> {
        if self.pen.is_fresh() {
            let name = self.pen.name();
            self.push(name, name, String::new(), after, Body::Writer(writer))?;
        }
        Ok(())
    }

    /// Creates an entity and gives its name.
    pub fn create(&mut self, sort: Sort, birth: Birth) -> Result<Name, Trouble> {
        let name = self.pen.name();
        self.push(name, name, String::new(), Prevs::new(), Body::Birth(sort, birth))?;
        self.before.push(Before {
            by: name,
            entity: name,
            key: String::new(),
            value: None,
            heads: Vec::new(),
            again: None,
        });
        Ok(name)
    }

    /// Writes a step of an entity, which comes in the place of the ones it saw.
    pub fn step(&mut self, entity: Name, step: Step, saw: Vec<Name>) -> Result<Name, Trouble> {
        self.event(entity, saw, Body::Step(step))
    }

    /// Takes an event of an entity back: it no longer counts.
    pub fn take_back(&mut self, entity: Name, event: Name, why: &str) -> Result<(), Trouble> {
        self.event(entity, Vec::new(), Body::Retract(Retract { seen: vec![event], why: why.to_owned() })).map(|_| ())
    }

    fn event(&mut self, entity: Name, saw: Vec<Name>, body: Body) -> Result<Name, Trouble> {
        let name = self.pen.name();
        self.push(name, entity, String::new(), saw.into(), body)?;
        let key = EVENT.to_owned();
        self.before.push(Before { by: name, entity, key, value: None, heads: Vec::new(), again: None });
        Ok(name)
    }

    /// Writes a register. Writing what already stands there, undisputed, writes nothing.
    pub fn set(&mut self, entity: Name, key: &str, value: Value) -> Result<(), Trouble> {
        let record = self.view.record(entity)?;
        let stands = record.as_ref().and_then(|r| r.value(key).cloned());
        let disputed = record.as_ref().and_then(|r| r.register(key)).is_some_and(crate::domain::Register::is_disputed);
        let written_here = self.last.contains_key(&(entity, key.into()));
        if !disputed && !written_here && stands == Some(value.clone()).filter(|v| *v != Value::Nothing) {
            return Ok(());
        }
        self.write(entity, key, record.as_deref(), Body::Value(value))
    }

    /// As [`Action::set`], for what no undo takes back.
    pub fn mark(&mut self, entity: Name, key: &str, value: Value) -> Result<(), Trouble> {
        let told = self.before.len();
        self.set(entity, key, value)?;
        self.before.truncate(told);
        Ok(())
    }

    /// Notes that what is said of this laptop's clock here alone changes, and what was said before, so that this can be taken back.
    pub fn changes_here(&mut self, clock: Name, before: Value) {
        // No operation did it: nothing has the name of the clock's record.
        let (by, key, value) = (clock, HERE.to_owned(), Some(before));
        self.before.push(Before { by, entity: clock, key, value, heads: Vec::new(), again: None });
    }

    /// Tells whether anything was written but who writes.
    pub fn says_something(&self) -> bool {
        self.operations.iter().any(|kept| !matches!(kept.operation.body, Body::Writer(_)))
    }

    /// Writes a register even where the same stands there.
    pub fn write_over(&mut self, entity: Name, key: &str, value: Value) -> Result<(), Trouble> {
        let record = self.view.record(entity)?;
        self.write(entity, key, record.as_deref(), Body::Value(value))
    }

    /// Takes back what was written in a register: it counts as if nobody had ever written there.
    pub fn unwrite(&mut self, entity: Name, key: &str, why: &str) -> Result<(), Trouble> {
        let record = self.view.record(entity)?;
        self.write(entity, key, record.as_deref(), Body::Retract(Retract { seen: Vec::new(), why: why.to_owned() }))
    }

    /// Takes a record back, having seen all that is current in it.
    pub fn retract(&mut self, entity: Name, why: &str) -> Result<(), Trouble> {
        let record = self.view.record(entity)?;
        let seen = record.as_deref().map(Record::current).unwrap_or_default();
        self.write(entity, RETRACT, record.as_deref(), Body::Retract(Retract { seen, why: why.to_owned() }))
    }

    /// Takes a taking back back: the record stands again.
    pub fn restore(&mut self, entity: Name) -> Result<(), Trouble> {
        let record = self.view.record(entity)?;
        self.write(entity, RETRACT, record.as_deref(), Body::Value(Value::Nothing))
    }

    fn write(&mut self, entity: Name, key: &str, record: Option<&Record>, body: Body) -> Result<(), Trouble> {
        let name = self.pen.name();
        let written = record.and_then(|record| record.written(key)).cloned();
        let heads: Vec<_> =
            record.and_then(|r| r.register(key)).map(|r| r.heads().cloned().collect()).unwrap_or_default();
        let prevs = match self.last.insert((entity, key.into()), name) {
            Some(own) => Prevs::from_iter([own]),
            None => heads.iter().map(|head| head.operation.name).collect(),
        };
        self.push(name, entity, key.to_owned(), prevs, body)?;
        self.before.push(Before { by: name, entity, key: key.to_owned(), value: written, heads, again: None });
        Ok(())
    }

    /// Lets what stood in a register before an action stand again, once: everything, where people did not agree. Each has the
    /// author and the stamp it had, so that what came before it and what came after is as it was; who took the action back is
    /// told by the taking back beside it.
    ///
    /// # Errors
    /// `newer-format` where something stood there that this program cannot write.
    pub fn put_back(&mut self, before: &Before, why: &str) -> Result<(), Trouble> {
        if self.last.contains_key(&(before.entity, before.key.as_str().into())) {
            return Ok(());
        }
        if before.heads.iter().any(|head| matches!(head.operation.body, Body::Unknown { .. })) {
            let said = t(
                "这里原来是更新版本的程序写的, 放不回去.",
                "a newer program wrote what stood here; it cannot be put back.",
            );
            return Err(Trouble::new("newer-format", said).hint(t("请逐项改回.", "Change it back one by one.")));
        }
        let told = self.before.len();
        self.unwrite(before.entity, &before.key, why)?;
        if before.heads.iter().all(|head| value_of(head).is_none()) {
            return Ok(());
        }
        let Some(taken_back) = self.before.drain(told..).map(|written| written.by).next_back() else { return Ok(()) };
        for head in &before.heads {
            let (name, stood) = (self.pen.name(), &head.operation);
            let prevs = Operation::prevs_of_again(taken_back, stood.again_of().unwrap_or(stood.name));
            self.keep(Operation { name, wall_ms: self.now.wall_ms, prevs, ..stood.clone() })?;
            self.before.push(Before { by: name, again: Some(stood.name), ..before.clone() });
        }
        Ok(())
    }

    fn push(&mut self, name: Name, entity: Name, key: String, prevs: Prevs, body: Body) -> Result<(), Trouble> {
        let stamp = self.pen.stamp(self.now);
        self.keep(Operation {
            name,
            stamp,
            wall_ms: self.now.wall_ms,
            actor: self.actor.as_str().into(),
            entity,
            key: key.into(),
            prevs,
            body,
        })
    }

    fn keep(&mut self, operation: Operation) -> Result<(), Trouble> {
        let kept = bytes::keep(operation).map_err(|_| too_long())?;
        self.operations.push(kept);
        Ok(())
    }

    /// Counts the operations so far.
    pub fn count(&self) -> usize {
        self.operations.len()
    }

    /// Gives the view as it stands before the action.
    pub fn view(&self) -> &dyn View {
        self.view
    }

    /// Gives the record of an entity as it stands before the action.
    pub fn record(&self, entity: Name) -> Result<Option<Arc<Record>>, Trouble> {
        self.view.record(entity)
    }

    /// Gives the reading of the clocks under which the action happens.
    pub fn now(&self) -> Now {
        self.now
    }

    /// Gives who acts.
    pub fn actor(&self) -> &str {
        &self.actor
    }

    /// Ends the collecting: the operations, and what stood before them.
    pub fn done(self) -> (Vec<Arc<Kept>>, Vec<Before>) {
        (self.operations, self.before)
    }
}

/// Says that an operation would be larger than its bytes allow.
pub(in crate::app) fn too_long() -> Trouble {
    Trouble::new("too-long", t("这一条太长, 记不下.", "this is too long to be kept."))
        .hint(t("请分成几条.", "Split it into several."))
}
