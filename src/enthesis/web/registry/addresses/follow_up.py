"""Addresses of follow-up: worklist, messages, completeness, protocols."""

from django.urls import path

from enthesis.web.registry.views import completeness, messages, protocols, worklist

urlpatterns = [
    path("completeness/", completeness.show, name="completeness"),
    path("completeness/part/", completeness.part, name="completeness-part"),
    path("follow-up/", worklist.show, name="follow-up"),
    path("follow-up/worklist.csv", worklist.export, name="follow-up-export"),
    path("follow-up/<uuid:follow_up>/log/", worklist.log, name="follow-up-log"),
    path("follow-up/<uuid:follow_up>/close/", worklist.close, name="follow-up-close"),
    path("messages/", messages.show, name="messages"),
    path("protocols/", protocols.show, name="protocols"),
    path("messages/plan/", messages.plan_now, name="messages-plan"),
    path("messages/<uuid:message>/sent/", messages.sent, name="message-sent"),
    path("messages/<uuid:message>/cancel/", messages.cancel, name="message-cancel"),
]
