"""What customers say of their invoices: their words are never changed, nor what a person decided about them."""

import billabex.core.clock
import billabex.core.ids
import billabex.core.money
import django.db.models.deletion
import django.db.models.functions.math
from django.db import migrations, models

from billabex.core.triggers import Trigger, frozen_columns, no_delete, refuse

DISPUTE = ("id", "invoice_id", "reason", "note", "opened_at", "opened_by", "created_at")
DECLARATION = (
    "id", "organization_id", "account_id", "announced_on", "promised_on", "has_proof", "amount", "currency", "statement",
    "declared_by", "created_at",
)  # fmt: skip
GOING = "EXISTS (SELECT 1 FROM accounts_account a WHERE a.id = OLD.account_id AND a.deletion_started_at IS NOT NULL)"


def decided(table: str, when: str, *columns: str) -> Trigger:
    """Refuse to change a decision that `when` says stands."""
    changed = " OR ".join(
        f"OLD.{column} IS DISTINCT FROM NEW.{column}"
        for column in ("resolved_at", "resolved_by", "resolution_note", *columns)
    )
    sentence = f"{table}: what was decided is never changed"
    return Trigger(f"{table}_decided", table, "BEFORE UPDATE", f"({when}) AND ({changed})", **refuse(sentence))


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('invoices', '0003_credit_kept_off'),
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.UUIDField(default=billabex.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=billabex.core.clock.now, editable=False, verbose_name='created')),
                ('updated_at', billabex.core.clock.ChangedAtField(default=billabex.core.clock.now, editable=False, verbose_name='last update')),
                ('reason', models.CharField(choices=[('WrongAmount', 'Wrong amount'), ('NotReceived', 'Not received'), ('NotOrdered', 'Not ordered'), ('AlreadyCredited', 'Already credited'), ('Other', 'Other')], max_length=30, verbose_name='reason')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('opened_by', models.CharField(max_length=300, verbose_name='opened by')),
                ('in_favour_of', models.CharField(blank=True, choices=[('Customer', 'Customer'), ('Organization', 'Organization')], max_length=20, verbose_name='in favour of')),
                ('resolved_at', models.DateTimeField(blank=True, null=True, verbose_name='resolved')),
                ('resolved_by', models.CharField(blank=True, max_length=300, verbose_name='resolved by')),
                ('resolution_note', models.TextField(blank=True, verbose_name='note on the resolution')),
                ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='disputes', to='invoices.invoice')),
            ],
            options={
                'verbose_name': 'dispute',
                'verbose_name_plural': 'disputes',
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('resolved_at__isnull', True)), fields=('invoice',), name='invoices_dispute_one_open'), models.CheckConstraint(condition=models.Q(('reason__in', ['WrongAmount', 'NotReceived', 'NotOrdered', 'AlreadyCredited', 'Other'])), name='invoices_dispute_reason_known'), models.CheckConstraint(condition=models.Q(('opened_by__regex', '^\\s*$'), _negated=True), name='invoices_dispute_opened_by_not_blank'), models.CheckConstraint(condition=models.Q(models.Q(('in_favour_of', ''), ('resolution_note', ''), ('resolved_at__isnull', True), ('resolved_by', '')), models.Q(('in_favour_of__in', ['Customer', 'Organization']), ('resolved_at__isnull', False), models.Q(('resolved_by', ''), _negated=True)), _connector='OR'), name='invoices_dispute_resolved')],
            },
        ),
        migrations.CreateModel(
            name='PaymentDeclaration',
            fields=[
                ('id', models.UUIDField(default=billabex.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=billabex.core.clock.now, editable=False, verbose_name='created')),
                ('updated_at', billabex.core.clock.ChangedAtField(default=billabex.core.clock.now, editable=False, verbose_name='last update')),
                ('announced_on', models.DateField(verbose_name='announced')),
                ('promised_on', models.DateField(blank=True, help_text='Empty: the customer says it has paid.', null=True, verbose_name='promised for')),
                ('has_proof', models.BooleanField(default=False, verbose_name='with proof')),
                ('amount', billabex.core.money.AmountField(blank=True, decimal_places=3, max_digits=15, null=True, verbose_name='amount')),
                ('currency', models.CharField(blank=True, max_length=3, verbose_name='currency')),
                ('statement', models.TextField(blank=True, verbose_name='statement')),
                ('declared_by', models.CharField(max_length=300, verbose_name='declared by')),
                ('resolution', models.CharField(blank=True, choices=[('InvoicesSettled', 'Invoices settled'), ('PaymentReceived', 'Payment received'), ('ResumeAuthorized', 'Follow-ups may resume')], max_length=20, verbose_name='resolution')),
                ('resolved_at', models.DateTimeField(blank=True, null=True, verbose_name='resolved')),
                ('resolved_by', models.CharField(blank=True, max_length=300, verbose_name='resolved by')),
                ('resolution_note', models.TextField(blank=True, verbose_name='note on the resolution')),
                ('is_automatic', models.BooleanField(default=False, help_text='A person may still decide otherwise.', verbose_name='resolved automatically')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='payment_declarations', to='accounts.account')),
                ('invoices', models.ManyToManyField(blank=True, help_text='All that were open when it was made, where the customer named none.', related_name='payment_declarations', to='invoices.invoice', verbose_name='invoices')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='payment_declarations', to='organizations.organization')),
            ],
            options={
                'verbose_name': 'payment declaration',
                'verbose_name_plural': 'payment declarations',
                'ordering': ['-announced_on', '-id'],
                'indexes': [models.Index(condition=models.Q(('resolved_at__isnull', True)), fields=['account'], name='invoices_declaration_open'), models.Index(fields=['account', '-announced_on', '-id'], name='invoices_declaration_account')],
                'constraints': [models.CheckConstraint(condition=models.Q(('declared_by__regex', '^\\s*$'), _negated=True), name='invoices_paymentdeclaration_declared_by_not_blank'), models.CheckConstraint(condition=models.Q(('currency__in', ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']), models.Q(('currency__in', ['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF']), models.Q(('amount__isnull', True), ('amount', django.db.models.functions.math.Round(models.F('amount'), 0)), _connector='OR')), models.Q(models.Q(('currency__in', ['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF']), _negated=True), models.Q(('amount__isnull', True), ('amount', django.db.models.functions.math.Round(models.F('amount'), 2)), _connector='OR')), _connector='OR'), name='invoices_paymentdeclaration_decimals'), models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', True), ('currency', '')), models.Q(('amount__gt', 0), ('amount__isnull', False), ('currency__regex', '^[A-Z]{3}$')), _connector='OR'), name='invoices_paymentdeclaration_amount'), models.CheckConstraint(condition=models.Q(('promised_on__isnull', True), ('promised_on__gte', models.F('announced_on')), _connector='OR'), name='invoices_paymentdeclaration_promised_later'), models.CheckConstraint(condition=models.Q(models.Q(('resolution', ''), ('resolution_note', ''), ('resolved_at__isnull', True), ('resolved_by', '')), models.Q(('resolution__in', ['InvoicesSettled', 'PaymentReceived', 'ResumeAuthorized']), ('resolved_at__isnull', False), models.Q(('resolved_by', ''), _negated=True)), _connector='OR'), name='invoices_paymentdeclaration_resolved'), models.CheckConstraint(condition=models.Q(('is_automatic', False), ('resolution', 'InvoicesSettled'), _connector='OR'), name='invoices_paymentdeclaration_automatic')],
            },
        ),
        frozen_columns("invoices_dispute", *DISPUTE),
        decided("invoices_dispute", "OLD.resolved_at IS NOT NULL", "in_favour_of"),
        frozen_columns("invoices_paymentdeclaration", *DECLARATION),
        decided(
            "invoices_paymentdeclaration", "OLD.resolved_at IS NOT NULL AND NOT OLD.is_automatic",
            "resolution", "is_automatic",
        ),
        no_delete("invoices_paymentdeclaration", unless=GOING),
    ]
